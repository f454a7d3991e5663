//! What to do about a law that would not hold, in words.

use crate::base::words::Words;
use crate::say;

/// What would be right, by the name of the law.
pub(super) fn fix(law: &str) -> Words {
    match law {
        "field-missing" => say!("Điền rồi lưu lại.", "Fill it in and save again."),
        "value-taken" => {
            say!("Ghi giá trị khác, hoặc sửa bản ghi đã có.", "Write another, or edit the record that has it.")
        }
        "link-broken" => say!("Chọn bản ghi có trong sổ.", "Choose a record that is in the book."),
        "merged-used" => say!("Chọn bản ghi còn lại sau khi gộp.", "Choose the record that stayed."),
        "still-used" => say!("Gỡ bản ghi đó trước.", "Take that record away first."),
        "booth-taken" => say!(
            "Chọn gian khác, ngày khác hoặc phần gian nhỏ hơn.",
            "Choose another booth, other days or a smaller share."
        ),
        "booth-blocked" => say!("Chọn gian khác, hoặc mở khóa gian.", "Choose another booth, or unblock it."),
        "offered-twice" => {
            say!("Chờ trả lời, hoặc rút lời mời trước.", "Wait for the answer, or take the offer back first.")
        }
        "offer-open-ended" => say!("Ghi đăng ký và hạn trả lời.", "Name the registration and the day to answer."),
        "other-fair" => {
            say!("Chọn gian và đăng ký của cùng hội chợ.", "Choose a booth and a registration of one fair.")
        }
        "host-is-guest" | "guest-has-booth" => {
            say!("Bỏ “chung gian với”, hoặc trả gian riêng.", "Empty “stands with”, or release its own booth.")
        }
        "introduced-twice" => say!("Mở lần giới thiệu đã có.", "Open the introduction that is there."),
        "answer-without-day" => say!("Ghi ngày trả lời.", "Enter the day of the answer."),
        "report-exists" => say!("Sửa báo cáo đã có.", "Edit the report that is there."),
        "day-written" => say!("Sửa doanh số của ngày đó.", "Edit the sales of that day."),
        "meeting-twice" | "table-taken" | "two-places" => {
            say!("Chọn lượt hoặc bàn khác, hoặc xếp lịch lại.", "Choose another slot or table, or plan again.")
        }
        "budget-short" => say!(
            "Điều chỉnh nguồn bằng quyết định, hoặc chọn nguồn khác.",
            "Adjust the line by a decision, or choose another."
        ),
        "carry-broken" => say!("Kiểm tra hai nguồn trong lịch sử.", "Look at both lines in the history."),
        "number-gap" => say!(
            "Bổ sung số còn thiếu theo sổ của cơ quan.",
            "Bring in the missing numbers from the office's register."
        ),
        "four-eyes" => say!("Người khác làm bước này.", "Somebody else takes this step."),
        "decision-incomplete" => {
            say!("Ghi nguồn kinh phí và chi phí của hồ sơ.", "Name the claim's budget line and its cost.")
        }
        "grant-above-calculation" | "due-above-decided" | "supplements-broken" => {
            say!("Kiểm tra chi phí, mức và trần của hồ sơ.", "Check the claim's cost, rate and cap.")
        }
        "paid-above-decided" => {
            say!("Chi ít hơn, hoặc ra quyết định bổ sung.", "Pay less, or make a supplementary decision.")
        }
        "paid-not-accepted" => say!(
            "Nghiệm thu hồ sơ trước; khi nhập, ghi tình trạng hồ sơ đã nghiệm thu.",
            "Accept the claim first; in an import, give it a state from “accepted” on."
        ),
        "left-and-cancelled" => say!("Ghi đảo chứng từ, có lý do.", "Reverse the voucher, with a reason."),
        "voucher-year" => say!("Ghi ngày chứng từ trong năm của số.", "Give it a day in the year of its number."),
        "repaid-above" | "recovery-state" | "plan-wrong" => {
            say!("Kiểm tra số phải thu và tiền đã thu.", "Check what was asked and what came back.")
        }
        "draw-published" => say!("Hủy bốc thăm này và lập bốc thăm mới.", "Cancel this draw and make a new one."),
        _ => say!("Kiểm tra các số tiền.", "Check the amounts."),
    }
}
