//! A payment as a bank transfer: to whom, how much, with which text. The text begins with the voucher's number, so that the
//! statement that comes back can be matched.

use crate::base::account::AccountNumber;
use crate::base::money::Currency;
use crate::base::text::Text;
use crate::base::vietqr::{self, bank, plain};
use crate::base::words::{Lang, Words};
use crate::domain::Payment;
use crate::domain::field::Chosen;
use crate::domain::payment::PaymentStatus;
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::view::title::voucher_no;
use crate::say;

/// The longest text of a transfer: a code with it still fits beside its words in 24 rows.
const TEXT_LETTERS: usize = 40;

/// A bank transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The voucher's number.
    pub voucher: String,
    /// The payee.
    pub payee: Text,
    /// The bank's short name.
    pub bank: String,
    /// The bank's six digits.
    pub bin: String,
    /// The account.
    pub account: String,
    /// Whole đồng.
    pub dong: u64,
    /// The text of the transfer, as banks carry it.
    pub text: String,
}

impl Transfer {
    /// What a code asks a bank app to fill in.
    #[must_use]
    pub fn asked(&self) -> vietqr::Transfer<'_> {
        vietqr::Transfer { bin: &self.bin, account: &self.account, dong: self.dong, text: &self.text }
    }

    /// Its parts by name, as somebody types them into a bank app.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> Vec<(String, String)> {
        let dong = i64::try_from(self.dong).unwrap_or(i64::MAX);
        let parts = [
            (Words::new("Chứng từ", "Voucher"), self.voucher.clone()),
            (Words::new("Người nhận", "Payee"), self.payee.to_string()),
            (Words::new("Ngân hàng", "Bank"), format!("{} ({})", self.bank, self.bin)),
            (Words::new("Số tài khoản", "Account"), self.account.clone()),
            (Words::new("Số tiền", "Amount"), crate::base::money::Money::vnd(dong).show(lang)),
            (Words::new("Nội dung", "Text"), self.text.clone()),
        ];
        parts.into_iter().map(|(label, text)| (label.in_lang(lang).to_owned(), text)).collect()
    }
}

/// The transfer of a payment that is still to be made.
///
/// # Errors
/// Money that is no longer to be sent or comes in, an account that is missing, a bank that the list does not have.
pub fn transfer_of(payment: &Payment) -> Result<Transfer, Refusal> {
    let voucher = voucher_no(payment);
    let amount = payment.amount.unwrap_or_default();
    let open = matches!(payment.status, PaymentStatus::Prepared | PaymentStatus::Signed);
    let dong = u64::try_from(amount.minor).ok().filter(|dong| *dong > 0 && amount.currency == Currency::VND);
    let (Some(dong), true) = (dong, open) else {
        let state = payment.status.words();
        return refuse(
            "nothing-to-send",
            say!("Chứng từ {voucher} {}: không còn tiền để chuyển.", "Voucher {voucher} is {}: there is nothing to send."; state),
            say!("Chọn chứng từ chưa chuyển.", "Choose a voucher that is not sent yet."),
        );
    };
    let account = AccountNumber::read(payment.account.as_str()).map_err(|fault| {
        Refusal::new(
            "account-unfit",
            fault.words(),
            say!("Ghi lại tài khoản của người nhận.", "Enter the payee's account."),
        )
        .at("account")
    })?;
    let Some(bank) = bank(payment.bank.as_str()) else {
        let name = &payment.bank;
        return Err(Refusal::new(
            "bank-unknown",
            say!("Không biết ngân hàng “{name}”.", "The bank “{name}” is not known."),
            say!("Ghi tên như trong danh sách ngân hàng.", "Write it as the list of banks has it."),
        )
        .at("bank"));
    };
    let text: String = plain(&format!("CT{voucher} {}", payment.note)).chars().take(TEXT_LETTERS).collect();
    Ok(Transfer {
        voucher,
        payee: payment.payee.clone(),
        bank: bank.short.clone(),
        bin: bank.bin.clone(),
        account: account.to_string(),
        dong,
        text: text.trim_end().to_owned(),
    })
}
