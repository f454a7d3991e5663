//! How the shell is used rightly and wrongly: exit codes, mistakes in words and as objects, files, the past.

use std::io::Read as _;
use std::process::Stdio;

use hoicho::base::text::Text;
use hoicho::domain::view::report::{GoesBy, REPORTS};
use hoicho::engine::{Outside, open};
use hoicho::store::OpenMode;

use super::{Session, assert_story, begun};

#[test]
fn mistakes_are_told_in_both_languages() {
    for lang in ["vi", "en"] {
        let mut session = Session::new(lang);
        assert_eq!(session.run("fair list"), 3, "there is no book");
        begun(&mut session);
        session.told.clear();
        let lines = [
            (2, "lst"),
            (2, "fair"),
            (2, "fair lst"),
            (2, "fair list --nope"),
            (2, "fair list --limit viel"),
            (2, "fair show"),
            (2, "booth hold"),
            (2, "registration place OCOP-2026/9900000016"),
            (2, "business list --columns name,nope"),
            (2, "--at hôm-qua fair list"),
            (2, "--at 01/01/2026 fair remove OCOP-2026"),
            (2, "report fair"),
            (2, "import martians x.csv"),
            (2, "--lang fr fair list"),
            (1, "fair show NOPE"),
            (1, "business list --sort nope"),
            (1, "business add --tax-code 9900000016 --name Khác"),
            (1, "business add --tax-code 123 --name Khác"),
            (1, "fair edit OCOP-2026 --closes-on 01/11/2026"),
            (1, "booth block OCOP-2026/A1 --reason x --fair NOPE"),
            (1, "registration step OCOP-2026/9900000016 confirmed"),
            (1, "registration step OCOP-2026/9900000016 flying"),
            (1, "business remove 9900000016"),
            (3, "import businesses nowhere.csv"),
            (3, "init --name Khác"),
            (3, "--book nowhere fair list"),
            (3, "book restore nowhere.hoicho --book new"),
        ];
        for (code, line) in lines {
            assert_eq!(session.run(line), code, "{line}\n{}", session.told);
            let told = session.json(line);
            for key in ["code", "field", "what", "fix"] {
                assert!(told[key].is_string(), "{line}: {told}");
            }
        }
        assert!(session.json("fair list").as_array().is_some_and(|fairs| fairs.len() == 1), "nothing was changed");
        assert_story!(format!("mistakes_{lang}"), session.story());
    }
}

#[test]
fn objects_for_programs() {
    let mut session = Session::new("en");
    begun(&mut session);
    session.told.clear();
    session.done(&[
        "booth list --fair OCOP-2026 --limit 1 --json",
        "business show 9900000016 --json",
        "business edit 9900000016 --phone '' --json",
        "business history 9900000016 --field phone --json",
        "registration list --columns business,status,booths_wanted --json",
        "today --json",
        "log --limit 1 --json",
    ]);
    assert_story!("objects", session.story());
}

#[test]
fn a_second_process_is_told_who_has_the_book() {
    let mut session = Session::new("en");
    begun(&mut session);
    let who = Text::new("Hùng");
    let engine = open(&session.path().join("book"), OpenMode::Existing, &who, Outside::new(None)).unwrap();
    assert_eq!(session.run("fair list"), 3);
    assert!(session.told.contains("Hùng"), "{}", session.told);
    assert_eq!(session.json("undo")["code"], "book-busy");
    drop(engine);
    assert_eq!(session.run("fair list"), 0);
}

#[test]
fn refused_rows_store_nothing_unless_they_are_skipped() {
    let mut session = Session::new("vi");
    begun(&mut session);
    session.told.clear();
    session.write(
        "bad.csv",
        "Tên doanh nghiệp,Mã,Điện thoại\nHTX Tốt,0100109201,0901112223\nHTX Xấu,123,0901112224\n,,\nHTX Hay,,0901112225\n",
    );
    assert_eq!(session.run("import businesses bad.csv --dry-run"), 0);
    assert_eq!(session.run("import businesses bad.csv --map Mã=tax_code"), 1);
    assert_eq!(session.run("import businesses bad.csv --map Không=tax_code"), 2);
    assert_eq!(session.run("import businesses bad.csv --map Mã=tax_code --dry-run"), 0);
    assert_eq!(session.json("business list").as_array().unwrap().len(), 2);
    assert_eq!(session.run("import businesses bad.csv --map Mã=tax_code --skip-bad"), 0);
    session.done(&["business list --columns name,tax_code", "undo"]);
    assert_eq!(session.json("business list").as_array().unwrap().len(), 2);
    assert_story!("import_vi", session.story());
}

#[test]
fn what_is_exported_can_come_back() {
    let mut session = Session::new("vi");
    begun(&mut session);
    session.done(&["export businesses out.csv --personal --ids", "export booths out.xlsx --fair OCOP-2026"]);
    assert_eq!(session.run("export businesses out.csv"), 3, "what is there is not written over");
    assert_eq!(session.run("export businesses out.txt"), 1, "there are two formats");
    let again = session.json("import businesses out.csv");
    assert_eq!((&again["new"], &again["changed"], &again["unchanged"]), (&0.into(), &0.into(), &2.into()), "{again}");
    let csv = String::from_utf8(session.output(&["export", "businesses", "--keys"], "").stdout).unwrap();
    assert!(csv.contains("tax_code") && !csv.contains("901234567"), "personal data stays: {csv}");
}

#[test]
fn the_past_is_looked_at_and_not_changed() {
    let mut session = Session::new("en");
    begun(&mut session);
    let lines = ["fair list", "business list", "today"];
    for line in lines {
        assert_eq!(session.json(&format!("--at 22/11/2026 {line}")), serde_json::json!([]), "{line}");
    }
    assert_eq!(session.json("--at 23/11/2026 business list").as_array().unwrap().len(), 2);
    assert_eq!(session.json("--at 22/11/2026 undo")["code"], "past-not-changed");
}

#[test]
fn the_demonstration_says_what_the_article_says() {
    let mut session = Session::new("vi");
    session.done(&["--book demo demo --no-open"]);
    let report = session.json("--book demo report support --year 2024");
    assert_eq!((&report["businesses"], &report["rate_bp"], &report["fairs"]), (&34.into(), &5000.into(), &4.into()));
    for line in ["today", "fair list", "claim list", "report budget", "report leads", "report fair --fair HCDUA"] {
        assert_eq!(session.run(&format!("--book demo {line}")), 0, "{}", session.told);
    }
    assert!(session.json("--book demo today").as_array().is_some_and(|rows| !rows.is_empty()));
    assert_eq!(session.run("--book demo demo --no-open"), 3, "it is there already");
    session.told.clear();
    session.done(&["demo --no-open"]);
    assert!(session.told.contains("hoicho-demo-"));
}

#[test]
fn a_backup_makes_the_book_again() {
    let mut session = Session::new("en");
    begun(&mut session);
    session.done(&[
        "book backup kept.hoicho",
        "--book again book restore kept.hoicho",
        "--book again book verify",
        "book rebuild",
        "book verify",
        "book salvage saved",
        "--book saved book verify",
    ]);
    let info = session.json("book info");
    assert_eq!(session.json("--book again book info")["records"], info["records"]);
    assert_eq!(session.json("--book saved book info")["records"], info["records"]);
}

#[test]
fn a_person_is_erased_with_a_reason() {
    let mut session = Session::new("en");
    begun(&mut session);
    session.done(&["business erase 9900000016 --reason 'asked for it'"]);
    let business = session.json("business show 9900000016 --personal");
    assert_eq!((&business["fields"]["phone"], &business["fields"]["account"]), (&().into(), &().into()));
    let history = session.output(&["business", "history", "9900000016"], "").stdout;
    assert!(!String::from_utf8(history).unwrap().contains("234 567"));
    session.done(&["book verify"]);
}

#[test]
fn help_completions_and_the_manual_are_there() {
    let mut session = Session::new("vi");
    session.done(&["--help", "booth --help", "booth hold --help"]);
    assert_story!("help_vi", session.story());
    for shell in ["bash", "zsh", "fish"] {
        let output = session.output(&["completions", shell], "");
        assert!(output.status.success() && output.stdout.len() > 1_000, "{shell}");
    }
    let page = String::from_utf8(session.output(&["man"], "").stdout).unwrap();
    assert!(page.contains(".TH hoicho"), "{page}");
    session.done(&["man pages"]);
    assert!(session.path().join("pages/hoicho-booth-hold.1").exists());
}

#[test]
fn without_a_terminal_there_is_no_screen() {
    let mut session = Session::new("en");
    assert_eq!(session.run(""), 2);
    assert!(session.told.contains("Error: "), "{}", session.told);
}

#[test]
fn nobody_reads_on() {
    let mut session = Session::new("en");
    session.done(&["--book demo demo --no-open"]);
    let mut child = session
        .command(&["--book", "demo", "product", "list", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The pipe is closed before the program has written into it.
    drop(child.stdout.take());
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
}

#[test]
fn what_a_firm_sold_and_says_of_a_fair() {
    let mut session = Session::new("en");
    session.done(&["--book book demo --no-open"]);
    let owing =
        session.json("registration list --fair HCNS-TN --filter report:due --columns business,report,report_by");
    let first = owing[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(owing[0]["report"], "due");
    assert_eq!(session.run(&format!("registration sales {first} --on 01/01/2020 --amount 1000000")), 1);
    assert_eq!(session.run(&format!("registration report {first}")), 0, "{}", session.told);
    let told = session.json(&format!("registration show {first}"));
    assert_eq!((&told["fields"]["status"], &told["derived"]["report"]), (&"reported".into(), &"received".into()));
    let reports = session.json("fair-report list --fair HCNS-TN --sort -received_on --limit 1");
    assert!(reports[0]["turnover"].as_i64().is_some_and(|turnover| turnover > 0), "{reports}");
    let today = session.json("today");
    let kinds: Vec<&str> = today.as_array().unwrap().iter().filter_map(|due| due["due"].as_str()).collect();
    assert!(kinds.contains(&"report_missing") && kinds.contains(&"sales_missing"), "{kinds:?}");
}

#[test]
fn a_report_goes_into_a_file_that_is_not_there_yet() {
    let mut session = Session::new("vi");
    session.done(&["--book demo demo --no-open"]);
    for offer in REPORTS.iter().filter(|offer| offer.goes_by != GoesBy::Fair) {
        let report = session.json(&format!("--book demo report {} --year 2024", offer.key));
        assert!(report["report"].is_string() && report["rows"].is_array(), "{report}");
    }
    let payments = session.json("--book demo report payments --year 2024");
    assert_eq!((&payments["total"], &payments["rows"][0]["part"]), (&246_530_000.into(), &serde_json::Value::Null));
    session.done(&["--book demo report payments bang-ke.csv --year 2024", "--book demo report budget nguon.xlsx"]);
    let written = std::fs::read_to_string(session.path().join("bang-ke.csv")).unwrap();
    assert!(written.contains("Bằng chữ: Hai trăm bốn mươi sáu triệu năm trăm ba mươi nghìn đồng chẵn."), "{written}");
    assert!(!written.contains("990061295099"), "accounts stay masked");
    assert_eq!(session.run("--book demo report budget nguon.xlsx"), 3, "{}", session.told);
    assert_ne!(session.run("--book demo report budget nguon.pdf"), 0, "{}", session.told);
}
