//! One buyer's request against ten thousand products of five thousand businesses.

use std::fmt::Write as _;

use hoicho::domain::Lead;
use hoicho::domain::matching::matches;
use hoicho::domain::record::Kind;

use crate::measure::{Samples, plain, show};
use crate::supply;

const PRODUCTS: usize = 10_000;
const FIRMS: usize = 5_000;

pub fn run() {
    let mut files = supply::mixed(FIRMS * 2);
    files.truncate(4);
    files.push((Kind::Product, products()));
    files.push((Kind::Certificate, certificates()));
    files.push((Kind::Partner, "name,kind\nSiêu thị Bình Tây,supermarket\n".to_owned()));
    files.push((Kind::Lead, requests()));
    let (_engine, book) = supply::in_memory(&files);
    let today = supply::now().date();
    for request in book.all::<Lead>().iter() {
        let found = matches(&book, request, today).map_or(0, |found| found.len());
        let times = Samples::take(30, |_| matches(&book, request, today).map(|found| found.len()));
        let figure = format!("“{}” against {PRODUCTS} products ({found} businesses fit)", request.interest);
        plain(&figure, "≤ 20 ms", &format!("{}, p95 {}", show(times.median()), show(times.percentile(95))));
    }
}

fn products() -> String {
    let mut text = String::from("business,name,code,group,capacity,price,price_per,papers\n");
    for number in 0..PRODUCTS {
        let goods = supply::GOODS[number * 7 % supply::GOODS.len()];
        let kind = ["sữa", "sầu riêng", "hữu cơ", "truyền thống"][number / 5 % 4];
        let _ = writeln!(
            text,
            "{},{goods} {kind} số {number},SP-{number},F,{} kg/tháng,{},kg,food_safety;haccp",
            supply::business_name(number % FIRMS),
            number % 900 + 100,
            number % 90 * 1_000 + 40_000
        );
    }
    text
}

fn certificates() -> String {
    let mut text = String::from("product,stars,decision_no,issued_on\n");
    for number in 0..PRODUCTS {
        let _ = writeln!(text, "SP-{number},{},QĐ-{number},15/0{}/2024", number % 3 + 3, number % 9 + 1);
    }
    text
}

fn requests() -> String {
    "partner,interest,volume,stars_min,papers,price_most,price_per\n\
     Siêu thị Bình Tây,Kẹo dừa,500 kg/tháng,4,haccp;halal,80000,kg\n\
     Siêu thị Bình Tây,\"Kẹo dừa, bưởi da xanh, cá khô, gạo hữu cơ, tôm khô, mật hoa dừa\",1 tấn/tháng,3,haccp,90000,kg\n"
        .to_owned()
}
