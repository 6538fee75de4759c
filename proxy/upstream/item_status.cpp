#include "proxy/upstream/item_status.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "proxy/base/text.h"
#include "proxy/base/unicode.h"
#include "proxy/upstream/certificate_status.h"
#include "proxy/upstream/plain_words.h"
#include "proxy/upstream/written_instant.h"
#include "shared/text.h"

namespace smartca::upstream {
namespace {

using Json = nlohmann::json;
using enum CertificateStatus;

// As textAt(), but that something else is not nothing: it is what no one understands, or has the words in it.
std::string anyTextAt(const Json& item, const char* key) {
    const auto found = item.find(key);
    const bool isElse = found != item.end() && (found->is_structured() || found->is_number_float());
    return isElse ? shown(found->dump()) : textAt(item, key);
}

bool isOneOfNames(std::string_view name, Phrases names) {
    return std::ranges::find(names, name) != names.end();
}

// Where any of these is a word of it.
bool hasWord(const std::string& name, Phrases words) {
    const std::string all = ' ' + name + ' ';
    return std::ranges::any_of(words, [&all](std::string_view word) {
        return all.find(' ' + std::string(word) + ' ') != std::string::npos;
    });
}

// How a member's name says that it holds the status: in a code or in words.
enum class Naming : std::uint8_t { Other, Words, Code };

Naming namingOf(std::string_view key) {
    std::string name = plainlyWritten(key);
    std::erase(name, ' ');
    std::string_view rest = name;
    const auto begins = [&rest](std::string_view part) {
        if (!rest.starts_with(part)) return false;
        rest.remove_prefix(part.size());
        return true;
    };
    const bool isOfCertificate =
        begins("certificate") || begins("cert") || begins("credential") || begins("cts");
    // A person's address has a state as well.
    if (!begins("status") && !begins("trangthai") && !begins("tinhtrang") &&
        !(isOfCertificate && begins("state")))
        return Naming::Other;
    if (isOneOfNames(rest, {"code", "value", "id", "no"})) return Naming::Code;
    return isOneOfNames(
               rest, {"", "desc", "description", "name", "text", "label", "str", "string", "info", "message",
                      "vi", "vn", "en", "cert", "certificate", "cts", "chungthu", "chungthuso"})
               ? Naming::Words
               : Naming::Other;
}

bool isEnd(CertificateStatus status) {
    return status == Revoked || status == Suspended || status == Expired;
}

// What the status is read from, where VNPT's own names have it or others in their place.
struct Primary {
    std::string key;
    std::string code;
    std::string words;
};

// eContract's way to write an enumeration, and others'.
void takeObject(Primary& primary, const Json& value) {
    for (const char* inner : {"description", "name", "text", "label"})
        if (primary.words.empty()) primary.words = anyTextAt(value, inner);
    for (const char* inner : {"value", "code", "id"})
        if (primary.code.empty()) primary.code = anyTextAt(value, inner);
    if (primary.words.empty() && primary.code.empty()) primary.words = shown(value.dump());
}

Primary primaryIn(const Json& item) {
    Primary primary{"cert_status", anyTextAt(item, "cert_status_code"), {}};
    const auto own = item.find("cert_status");
    if (own != item.end() && own->is_object())
        takeObject(primary, *own);
    else
        primary.words = anyTextAt(item, "cert_status");
    for (const auto& [key, value] : item.items()) {
        if (isTold(primary.words) || isTold(primary.code)) break;
        const Naming naming = namingOf(key);
        if (naming == Naming::Other) continue;
        primary.key = key;
        if (value.is_object()) {
            takeObject(primary, value);
            continue;
        }
        const std::string text = anyTextAt(item, key.c_str());
        // "SUCCESS" is said of the row's own way here.
        if (isOneOfNames(plainlyWritten(text), {"success", "completed", "done"})) continue;
        const bool isNumber = base::wholeNumberOf(text, -1'000'000, 1'000'000).has_value();
        (naming == Naming::Code || isNumber ? primary.code : primary.words) = text;
    }
    return primary;
}

// Truth values as all sorts of programs write them; nothing for another text.
std::optional<bool> truthOf(std::string_view text) {
    const std::string plain = plainlyWritten(text);
    if (isOneOfNames(plain, {"true", "1", "yes", "y", "t", "x", "on", "co"})) return true;
    if (isOneOfNames(plain, {"false", "0", "no", "n", "f", "off", "khong"})) return false;
    return std::nullopt;
}

// The status that a member is the flag of; Active where it is none. "lock: 1" may be anything's.
CertificateStatus flagOf(std::string name) {
    bool isAsked = false;
    for (const std::string_view prefix : {"is ", "has been ", "was ", "da ", "bi "})
        if (name.starts_with(prefix)) {
            isAsked = true;
            name.erase(0, prefix.size());
        }
    if (isOneOfNames(name, {"revoked", "terminated", "deleted", "cancelled", "canceled"})) return Revoked;
    if (isOneOfNames(name, {"suspended", "locked", "blocked", "disabled"})) return Suspended;
    if (isOneOfNames(name, {"inactive", "invalid", "not active", "superseded", "replaced"})) return Unknown;
    if (name == "expired") return Expired;
    if (!isAsked) return Active;
    if (isOneOfNames(name, {"revoke", "delete", "cancel", "thu hoi", "huy", "xoa"})) return Revoked;
    if (isOneOfNames(name, {"suspend", "lock", "block", "tam dung", "tam khoa", "khoa"})) return Suspended;
    return name == "pending" ? Pending : Active;
}

// Likewise of the day of an end.
CertificateStatus dayOf(const std::string& name) {
    if (hasWord(name, {"check", "checked", "last", "previous", "update", "updated", "request", "requested"}))
        return Active;
    for (const std::string_view after : {" date", " time", " at", " on"}) {
        if (!name.ends_with(after)) continue;
        const auto what = std::string_view(name).substr(0, name.size() - after.size());
        if (isOneOfNames(what, {"revocation", "revoked", "revoke", "deleted", "cancelled", "canceled"}))
            return Revoked;
        if (isOneOfNames(what, {"suspension", "suspended", "suspend", "locked", "lock", "blocked", "block"}))
            return Suspended;
    }
    if (isOneOfNames(name, {"ngay thu hoi", "thoi gian thu hoi", "ngay huy"})) return Revoked;
    return isOneOfNames(name, {"ngay tam dung", "ngay khoa", "ngay dinh chi"}) ? Suspended : Active;
}

// A day in this century: years like 0001, 1900, 1970 and 9999 stand for none.
bool isDay(std::string_view text) {
    if (text.starts_with('-')) return false;
    const std::string plain = plainlyWritten(text);
    if (const auto number = base::wholeNumberOf(plain, 0, 100'000'000'000'000); number && plain.size() >= 9)
        return *number > 946'684'800;
    const auto year = plain.find("20");
    return year != std::string::npos && (year == 0 || plain[year - 1] == ' ') && plain.size() >= 8;
}

// A text without a zone is right to within some hours.
bool isToCome(const std::string& text) {
    constexpr Instant kDay = 86'400;
    const auto day = writtenInstant(text);
    return day && *day - std::time(nullptr) > kDay;
}

// Of a reason for an end, by its number in RFC 5280 §5.3.1, its name there, or in words. Programs write the first of them
// where there is none, too.
CertificateStatus reasoned(const std::string& text) {
    constexpr auto kReasons =
        std::to_array<std::pair<std::string_view, CertificateStatus>>({{"unspecified", Active},
                                                                       {"keycompromise", Revoked},
                                                                       {"cacompromise", Revoked},
                                                                       {"affiliationchanged", Revoked},
                                                                       {"superseded", Revoked},
                                                                       {"cessationofoperation", Revoked},
                                                                       {"certificatehold", Suspended},
                                                                       {"", Active},
                                                                       {"removefromcrl", Active},
                                                                       {"privilegewithdrawn", Revoked},
                                                                       {"aacompromise", Revoked}});
    if (const auto number = base::wholeNumberOf(text, -1'000'000, 1'000'000))
        return *number >= 0 && *number < std::ssize(kReasons)
                   ? kReasons[static_cast<std::size_t>(*number)].second
                   : Active;
    std::string name = plainlyWritten(text);
    if (isOneOfNames(name, {"khong co", "chua co"}) || truthOf(text) == false) return Active;
    std::erase(name, ' ');
    for (const auto& [known, status] : kReasons)
        if (name == known) return status;
    const CertificateStatus said = statusOfWords({}, text);
    return said == Active ? Active : worse(Unknown, said);
}

// What a member's name says that it may tell beside the status: of which end it is the flag, the day or the reason; that
// there is none; or the status once more.
struct Meaning {
    CertificateStatus flag = Active, day = Active;
    bool isReason = false, isUse = false, isStatus = false;

    bool isAny() const { return flag != Active || day != Active || isReason || isUse || isStatus; }
};

Meaning meaningOf(const std::string& key) {
    std::string name = plainlyWritten(key);
    for (const std::string_view whose : {"cert ", "certificate "})
        if (name.starts_with(whose)) name.erase(0, whose.size());
    Meaning meaning{.flag = flagOf(name), .day = dayOf(name)};
    meaning.isReason = isOneOfNames(name, {"revocation reason", "revocation reason code", "revoke reason",
                                           "revoked reason", "ly do thu hoi"});
    meaning.isUse =
        isOneOfNames(name, {"active", "is active", "isactive", "valid", "is valid", "isvalid", "enabled",
                            "is enabled", "usable", "is usable", "hoat dong", "con hieu luc", "hieu luc"});
    meaning.isStatus =
        (namingOf(key) != Naming::Other || isOneOfNames(name, {"ocsp", "ocsp result", "crl", "crl result"}) ||
         hasWord(name, {"status", "state", "trang thai", "tinh trang"})) &&
        !hasWord(name, {"previous", "prev", "old", "last", "truoc", "cu", "next", "new"});
    return meaning;
}

// What such a member adds: Active where it is nothing that makes it worse.
CertificateStatus besides(const Meaning& meaning, const std::string& text) {
    if (!isTold(text)) return Active;
    const auto truth = truthOf(text);
    const CertificateStatus said = statusOfWords({}, text), end = isEnd(said) ? said : Active;
    if (meaning.flag != Active) return truth ? (*truth ? meaning.flag : Active) : end;
    if (meaning.day != Active) return isDay(text) && !isToCome(text) ? meaning.day : Active;
    if (meaning.isReason) return reasoned(text);
    if (meaning.isUse && (truth == false || plainlyWritten(text) == "inactive")) return Unknown;
    return end;
}

// Whether these members tell the day of an end that is still to come: then a reason beside it is that one's.
bool tellsDayToCome(const Json& members) {
    return std::ranges::any_of(members.items(), [&members](const auto& member) {
        const std::string name = plainlyWritten(member.key());
        const bool isDay = dayOf(name) != Active || dayOf("revocation " + name) != Active;
        return isDay && isToCome(textAt(members, member.key().c_str()));
    });
}

}  // namespace

bool isTold(std::string_view text) {
    return !isOneOfNames(plainlyWritten(text), {"", "null", "none", "n a", "na", "undefined"});
}

std::string shown(std::string_view text) {
    constexpr std::size_t kLongestText = 1000;
    return base::cleaned(base::composed(text).value_or(std::string(text)), kLongestText);
}

std::string textAt(const Json& item, const char* key) {
    const auto found = item.find(key);
    if (found == item.end()) return {};
    if (found->is_string()) return shown(found->get_ref<const std::string&>());
    return found->is_number_integer() || found->is_boolean() ? found->dump() : std::string();
}

ItemStatus statusIn(const Json& item) {
    Primary primary = primaryIn(item);
    ItemStatus is{
        .status = statusOfWords(primary.code, primary.words), .words = primary.words, .remarks = {}};
    if (primary.words.empty()) {
        is.words = primary.code;
    } else if (!primary.code.empty() && statusOfWords(primary.code, {}) != statusOfWords({}, primary.words)) {
        is.remarks.push_back("cert_status_code is \"" + primary.code + "\", and cert_status \"" +
                             primary.words + '"');
        is.words += " (" + primary.code + ')';
    }
    // Most members tell nothing of it, and some are long: their texts are not read.
    const auto take = [&is](const std::string& shownKey, const std::string& name, const Json& holder,
                            const std::string& key) {
        const Meaning meaning = meaningOf(name);
        if (!meaning.isAny()) return false;
        const std::string text = textAt(holder, key.c_str());
        const CertificateStatus status = besides(meaning, text);
        if (status == Active || worse(is.status, status) == is.status) return false;
        if (meaning.isReason && tellsDayToCome(holder)) return false;
        is.status = status;
        is.remarks.push_back(shownKey + " is \"" + text + '"');
        is.words += (is.words.empty() ? "" : ", ") + shownKey + ": " + text;
        return true;
    };
    for (const auto& [key, value] : item.items()) {
        if (key == primary.key) continue;
        if (!value.is_object()) {
            take(key, key, item, key);
            continue;
        }
        for (const auto& [inner, text] : value.items()) {
            const std::string shownKey = key + '.' + inner;
            take(shownKey, inner, value, inner) || take(shownKey, key + '_' + inner, value, inner);
        }
    }
    if (is.status == Unknown) is.remarks.push_back("its status is unknown: \"" + is.words + '"');
    return is;
}

}  // namespace smartca::upstream
