#include "proxy/upstream/certificate_status.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "proxy/base/text.h"
#include "proxy/upstream/plain_words.h"
#include "shared/text.h"

namespace smartca::upstream {
namespace {

using enum CertificateStatus;

// Found as whole words, written plainly (plain_words.h); of several that begin at the same word, the longest.
struct Phrase {
    std::string_view words;
    std::optional<CertificateStatus> status;  // none: it says nothing of that
};

// clang-format off
constexpr auto kPhrases = std::to_array<Phrase>({
    {"hoat dong", Active}, {"danghoatdong", Active}, {"hoatdong", Active}, {"hieu luc", Active},
    {"con hieu luc", Active}, {"con han", Active}, {"con thoi han", Active}, {"con thoi gian", Active}, {"kha dung", Active}, {"con gia tri", Active}, {"co gia tri", Active}, {"san sang", Active}, {"trong thoi han", Active}, {"con trong thoi han", Active}, {"trong thoi gian hieu luc", Active}, {"trong thoi gian su dung", Active}, {"con han dung", Active}, {"trong thoi han hieu luc", Active}, {"in force", Active}, {"in effect", Active}, {"effective", Active}, {"con hoat dong", Active}, {"hop le", Active},
    {"binh thuong", Active}, {"su dung", Active}, {"dang dung", Active}, {"kich hoat", Active}, {"active", Active},
    {"actived", Active}, {"activated", Active}, {"valid", Active}, {"enabled", Active}, {"enable", Active},
    {"good", Active}, {"ok", Active}, {"normal", Active}, {"in use", Active}, {"usable", Active},
    {"available", Active}, {"live", Active},
    // What can be used, though words of other states are in it.
    {"sap het han", Active}, {"sap het hieu luc", Active}, {"chua het han", Active},
    {"chua het hieu luc", Active}, {"chua qua han", Active}, {"khong het han", Active},
    {"chua thu hoi", Active}, {"chua bi thu hoi", Active}, {"khong bi thu hoi", Active}, {"chua huy", Active},
    {"chua bi huy", Active}, {"khong bi huy", Active}, {"khong bi khoa", Active}, {"chua bi khoa", Active},
    {"khong khoa", Active}, {"mo khoa", Active}, {"khong bi tam dung", Active}, {"about to expire", Active},
    {"expiring soon", Active}, {"expiring", Active}, {"not expired", Active}, {"not yet expired", Active},
    {"unexpired", Active}, {"not revoked", Active}, {"not suspended", Active}, {"not locked", Active},
    {"unlocked", Active}, {"unlock", Active}, {"not disabled", Active}, {"khoa dang hoat dong", Active},

    {"thu hoi", Revoked}, {"huy", Revoked}, {"xoa", Revoked}, {"cham dut", Revoked}, {"revoked", Revoked},
    {"revoke", Revoked}, {"revocation", Revoked}, {"cancelled", Revoked}, {"canceled", Revoked},
    {"terminated", Revoked}, {"deleted", Revoked}, {"removed", Revoked}, {"destroyed", Revoked},
    {"compromised", Revoked},

    {"tam dung", Suspended}, {"tam dinh chi", Suspended}, {"tam thoi", Suspended}, {"tam treo", Suspended},
    {"tam khoa", Suspended}, {"tam ngung", Suspended}, {"bi treo", Suspended}, {"dinh chi", Suspended},
    {"khoa", Suspended}, {"ngung", Suspended}, {"da dung", Suspended}, {"bi dung", Suspended},
    {"dung hoat dong", Suspended}, {"dung su dung", Suspended}, {"dung hieu luc", Suspended},
    {"dung lai", Suspended}, {"treo", Suspended},
    {"vo hieu", Suspended}, {"phong toa", Suspended}, {"dong bang", Suspended}, {"suspended", Suspended},
    {"suspend", Suspended}, {"suspension", Suspended}, {"locked", Suspended}, {"lock", Suspended},
    {"blocked", Suspended}, {"block", Suspended}, {"frozen", Suspended}, {"paused", Suspended},
    {"stopped", Suspended}, {"hold", Suspended}, {"disabled", Suspended}, {"disable", Suspended},
    {"inactivated", Suspended}, {"deactive", Suspended}, {"deactivated", Suspended},
    {"deactivate", Suspended},

    {"het han", Expired}, {"het thoi han", Expired}, {"het hieu luc", Expired}, {"mat hieu luc", Expired},
    {"khong con hieu luc", Expired}, {"khong con han", Expired}, {"qua han", Expired},
    {"qua thoi han", Expired}, {"qua thoi gian", Expired}, {"vuot thoi han", Expired}, {"expired", Expired},
    {"expire", Expired}, {"lapsed", Expired}, {"no longer valid", Expired},

    {"cho", Pending}, {"dang doi", Pending}, {"doi kich hoat", Pending}, {"doi duyet", Pending}, {"doi phe duyet", Pending}, {"doi xac nhan", Pending}, {"doi cap", Pending}, {"dang kich hoat", Pending}, {"dang duoc kich hoat", Pending}, {"dang xu ly", Pending}, {"khoi tao", Pending}, {"moi tao", Pending},
    {"chua kich hoat", Pending}, {"chua duoc kich hoat", Pending}, {"chua hoat dong", Pending},
    {"chua co hieu luc", Pending}, {"chua hieu luc", Pending}, {"chua cap", Pending},
    {"chua duoc cap", Pending}, {"chua duyet", Pending}, {"chua duoc duyet", Pending},
    {"chua phe duyet", Pending}, {"chua den han", Pending}, {"chua su dung", Pending}, {"pending", Pending},
    {"waiting", Pending}, {"wait", Pending}, {"awaiting", Pending}, {"processing", Pending},
    {"in progress", Pending}, {"requested", Pending}, {"submitted", Pending}, {"initialized", Pending},
    {"initial", Pending}, {"not yet", Pending}, {"not yet valid", Pending}, {"not activated", Pending},
    {"unactivated", Pending}, {"draft", Pending},

    // No use now, and no reason.
    {"inactive", Unknown}, {"invalid", Unknown}, {"unavailable", Unknown}, {"unusable", Unknown},
    {"dang thu hoi", Unknown}, {"dang huy", Unknown},

    // A key pair, what is allowed, by whose wish, and for which debt.
    {"cap khoa", {}}, {"chia khoa", {}}, {"khoa cong khai", {}}, {"cho phep", {}}, {"theo yeu cau", {}},
    {"no cuoc", {}}, {"no phi", {}},
});
// clang-format on

// What a Vietnamese verb of stopping is said of: "ngừng sử dụng".
constexpr auto kObjects = std::to_array<std::string_view>({"hoat dong", "hieu luc", "su dung", "kich hoat"});

// Beside these, where they are in no phrase of the above, no word says what is the case: it is denied, asked for,
// has failed or is to come.
constexpr auto kHedges = std::to_array<std::string_view>({
    "khong", "chua",    "het",   "mat",    "vo",      "tam",     "khg",     "ko",      "not",      "non",
    "no",    "never",   "isn t", "false",  "cannot",  "without", "yeu cau", "de nghi", "xin",      "request",
    "loi",   "tu choi", "fail",  "failed", "failure", "error",   "denied",  "refused", "rejected", "that bai",
    "con",   "nua",     "sap",   "se",     "truoc",   "toi",     "lich",    "will",    "soon",     "be",
    "after", "before",  "sau",   "trong",  "in",      "vao",     "0",       "n",       "off",      "tat",
});

// The same beside an end: "thu hồi ngày 20/08". What can be used has days as well.
constexpr auto kDays =
    std::to_array<std::string_view>({"ngay", "thang", "until", "day", "days", "month", "months"});

// What is said of a certificate is over where one of these stands before it or it is an English participle. Then no word
// behind it is a hedge ("đã thu hồi theo yêu cầu"), but for a denial at the end ("revoked: no").
constexpr auto kDenials = std::to_array<std::string_view>({"khong", "no", "false", "0", "n", "off"});
constexpr auto kPast = std::to_array<std::string_view>({"da", "bi"});

// Beside these and numbers a word for what can be used means it. Beside any other, as in "cấm sử dụng" and
// "de-activated", nobody knows.
constexpr auto kPlain = std::to_array<std::string_view>({
    // what it is, and whose
    "chung thu so",
    "chung thu",
    "chu ky so",
    "ky so",
    "so",
    "cts",
    "certificate",
    "cert",
    "credential",
    "digital",
    "signature",
    "thue bao",
    "khach hang",
    "nguoi dung",
    "tai khoan",
    "ca nhan",
    "doanh nghiep",
    "to chuc",
    "user",
    "subscriber",
    "customer",
    "account",
    "key",
    "goi",
    "cuoc",
    "dich vu",
    "service",
    "smartca",
    "smart ca",
    "vnpt",
    "ca",
    "personal",
    "pro",
    "eseal",
    "esign",
    "trang thai",
    "tinh trang",
    "ma",
    "status",
    "state",
    "code",
    "ocsp",
    "crl",
    "vi",
    "en",
    // since when and until when
    "den",
    "tu",
    "luc",
    "hien tai",
    "hien nay",
    "nam",
    "hom nay",
    "ngay",
    "thang",
    "from",
    "to",
    "until",
    "through",
    "since",
    "expires",
    "on",
    "at",
    "left",
    "now",
    "currently",
    "still",
    "day",
    "days",
    "month",
    "months",
    "year",
    "years",
    "tai",
    // how it came to be so
    "cap",
    "phat hanh",
    "duyet",
    "phe duyet",
    "gia han",
    "xac thuc",
    "xac minh",
    "khoi phuc",
    "lai",
    "tro lai",
    "thanh cong",
    "issued",
    "approved",
    "verified",
    "trusted",
    "renewed",
    "restored",
    "success",
    "successful",
    "successfully",
    "by",
    "tren",
    "app",
    "ung dung",
    "thiet bi",
    "device",
    // what for, and how
    "phep",
    "co the",
    "de ky",
    "ky",
    "phap ly",
    "for",
    "signing",
    "tot",
    "on dinh",
    // small words
    "dang",
    "da",
    "duoc",
    "co",
    "van",
    "va",
    "y",
    "yes",
    "true",
    "is",
    "the",
    "a",
    "and",
    "of",
});

// Whole texts: elsewhere the same characters are something else.
// clang-format off
constexpr auto kWhole = std::to_array<Phrase>({
    {"true", Active}, {"yes", Active}, {"y", Active}, {"on", Active}, {"co", Active}, {"dung", Suspended},
    {"dong", Suspended}, {"new", Pending}, {"moi", Pending}, {"created", Pending},
});
// clang-format on

// From the best to the worst.
constexpr auto kBySeverity =
    std::to_array({Active, Unknown, NotYetValid, Pending, Expired, Suspended, Revoked});

// Whole words.
bool beginsWith(std::string_view words, std::string_view phrase) {
    return words.starts_with(phrase) && words.substr(phrase.size()).starts_with(' ');
}

// Null where none begins here.
const Phrase* phraseAt(std::string_view words) {
    const Phrase* longest = nullptr;
    for (const Phrase& phrase : kPhrases)
        if (beginsWith(words, phrase.words) &&
            (longest == nullptr || phrase.words.size() > longest->words.size()))
            longest = &phrase;
    return longest;
}

void skipObject(std::string_view& words) {
    for (const auto object : kObjects)
        if (beginsWith(words.substr(1), object)) return words.remove_prefix(1 + object.size());
}

using Statuses = std::bitset<kBySeverity.size()>;

// Several that agree are their worst. Where one of them is that it can be used, or that something is waited for,
// nobody knows which is the case.
std::optional<CertificateStatus> together(const Statuses& said) {
    const auto isSaid = [&said](CertificateStatus status) { return said[static_cast<std::size_t>(status)]; };
    if (isSaid(Active)) return said.count() == 1 ? Active : Unknown;
    if (isSaid(Pending) && (isSaid(Revoked) || isSaid(Suspended) || isSaid(Expired))) return Unknown;
    const auto worst = std::find_if(kBySeverity.rbegin(), kBySeverity.rend(), isSaid);
    return worst == kBySeverity.rend() ? std::nullopt : std::optional(*worst);
}

// Nothing where no word of it, or the number, is known.
std::optional<CertificateStatus> statusOf(std::string_view text) {
    using Limits = std::numeric_limits<std::int64_t>;
    if (const auto number = base::wholeNumberOf(text, Limits::min(), Limits::max())) {
        if (*number == 1) return Active;
        return *number == 0 ? std::optional(Unknown) : std::nullopt;
    }
    const std::string all = ' ' + plainlyWritten(text) + ' ';
    for (const Phrase& whole : kWhole)
        if (trimmed(all) == whole.words) return whole.status;
    Statuses said;
    bool isPast = false, isOver = false, isOnDay = false;
    bool isPlain = text.find('?') == std::string_view::npos;
    for (std::string_view words = all; words.size() > 1;) {
        words.remove_prefix(1);  // the blank before a word
        const auto begins = [words](std::string_view phrase) { return beginsWith(words, phrase); };
        const auto beginsOneOf = [begins](const auto& phrases) {
            return std::ranges::any_of(phrases, begins);
        };
        isPast = isPast || beginsOneOf(kPast);
        isOnDay = isOnDay || beginsOneOf(kDays);
        if (const Phrase* phrase = phraseAt(words)) {
            words.remove_prefix(phrase->words.size());
            if (!phrase->status) continue;
            said.set(static_cast<std::size_t>(*phrase->status));
            isOver = isOver || ((*phrase->status == Revoked || *phrase->status == Suspended) &&
                                (isPast || phrase->words.ends_with("ed")));
            if (*phrase->status != Active) skipObject(words);
            continue;
        }
        const bool isLast = words.find(' ') + 1 == words.size();
        if (beginsOneOf(kHedges) && (!isOver || (isLast && beginsOneOf(kDenials)))) return Unknown;
        std::size_t plain = 0;  // the longest, as of the phrases
        for (const std::string_view known : kPlain)
            if (begins(known)) plain = std::max(plain, known.size());
        isPlain = isPlain && (isAsciiDigit(words.front()) || plain != 0);
        words.remove_prefix(plain != 0 ? plain : words.find(' '));
    }
    const auto status = together(said);
    if (status == Active) return isPlain ? Active : Unknown;
    return status && isOnDay && !isPast && !isOver ? Unknown : status;
}

}  // namespace

CertificateStatus worse(CertificateStatus one, CertificateStatus other) {
    const auto severity = [](CertificateStatus status) { return std::ranges::find(kBySeverity, status); };
    return severity(one) < severity(other) ? other : one;
}

CertificateStatus statusOfWords(std::string_view code, std::string_view words) {
    code = trimmed(code), words = trimmed(words);
    const auto byCode = code.empty() ? std::optional(Active) : statusOf(code);
    if (words.empty()) return byCode.value_or(Unknown);
    return worse(byCode.value_or(Active), statusOf(words).value_or(Unknown));
}

}  // namespace smartca::upstream
