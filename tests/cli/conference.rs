//! A conference at the shell: from wishes in a file to printed timetables, with one who does not come.

use super::{Session, assert_story, begun};

#[test]
fn a_conference_is_planned_printed_and_mended() {
    for lang in ["vi", "en"] {
        let mut session = Session::new(lang);
        begun(&mut session);
        session.write(
            "wishes.csv",
            "Hội nghị,Bên mua,Doanh nghiệp,Ai muốn,Mức độ\n\
             KN-26,Siêu thị Mẫu,9900000016,buyer,must\n\
             KN-26,Siêu thị Mẫu,9900000016,seller,must\n\
             KN-26,Siêu thị Mẫu,9900000023,buyer,want\n\
             KN-26,Chuỗi Mẫu,9900000016,seller,gladly\n\
             KN-26,Chuỗi Mẫu,9900000023,buyer,want\n\
             KN-26,Chuỗi Mẫu,9900000023,seller,veto\n",
        );
        session.told.clear();
        session.done(&[
            "partner add --name 'Siêu thị Mẫu'",
            "partner add --name 'Chuỗi Mẫu'",
            "conference add --code KN-26 --name 'Kết nối giao thương 2026' --on 10/12/2026 --starts 8h --ends 9h --tables 2",
            "import wishes wishes.csv",
            "attendance add --conference KN-26 --partner 'Chuỗi Mẫu' --from 8:20",
            "conference plan KN-26 --dry-run",
            "conference plan KN-26",
            "conference timetable KN-26",
            "print schedule-slots KN-26",
            "print schedule-people KN-26",
            "print schedule-tables KN-26 --out tables.pdf",
            "print schedule-people KN-26 --out people.xlsx",
            "conference mend KN-26 --away 9900000016",
            "conference timetable KN-26 --of 9900000023",
            "undo",
            "meeting step KN-26/1/1 held",
            "meeting list --columns starts,table,partner,business,status",
            "book verify",
        ]);
        assert_eq!(session.run("conference mend KN-26 --away Nobody"), 1);
        let found = session.json("conference plan KN-26 --dry-run");
        assert_eq!(found["held"], found["bound"], "{found}");
        assert_story!(format!("conference_{lang}"), session.story());
    }
}
