//! A buyer's request at the shell: who fits, who is introduced, what both say.

use super::{Session, assert_story, begun};

#[test]
fn a_request_becomes_introductions() {
    for lang in ["vi", "en"] {
        let mut session = Session::new(lang);
        begun(&mut session);
        session.write(
            "products.csv",
            "business,name,group,capacity,price,price_per,season,papers,papers_until\n\
             9900000016,Kẹo dừa sữa,F,2 tấn/tháng,60000,kg,,haccp; halal,31/12/2027\n\
             9900000023,Bưởi da xanh,F,500 kg,30000,kg,8; 9; 10; 11,vietgap,\n\
             9900000023,KẸO DỪA,F,400 hộp x 0.5 kg,45000,hộp x 0.5 kg,,haccp,31/12/2026\n",
        );
        session.told.clear();
        session.done(&[
            "import products products.csv",
            "partner add --name 'Siêu thị Mẫu' --kind supermarket",
            "lead add --partner 'Siêu thị Mẫu' --interest 'kẹo dừa' --volume '1 tấn/tháng' --papers 'haccp;halal' --price-most 80000 --price-per kg --needed-from 01/02/2027",
            "lead match '/Siêu thị Mẫu'",
            "lead introduce '/Siêu thị Mẫu' 9900000016 9900000023",
            "lead match '/Siêu thị Mẫu'",
            "lead answer '9900000016/Siêu thị Mẫu' --side seller --answer accepted",
            "lead answer '9900000016/Siêu thị Mẫu' --side buyer --answer accepted --on 22/11/2026",
            "lead answer '9900000023/Siêu thị Mẫu' --side buyer --answer declined --reason 'giá cao'",
            "lead list --columns business,partner,stage,seller_answer,buyer_answer,buyer_answered_on",
        ]);
        assert_eq!(session.run("lead introduce '/Siêu thị Mẫu' 9900000016"), 1, "nobody is introduced twice");
        assert_eq!(session.run("lead answer '/Siêu thị Mẫu' --side buyer --answer accepted"), 1);
        let found = session.json("lead match '/Siêu thị Mẫu' --limit 1");
        assert_eq!(found[0]["business"], "9900000016", "{found}");
        assert!(found[0]["known_id"].is_string(), "{found}");
        assert_story!(format!("request_matched_{lang}"), session.story());
    }
}
