#include "proxy/upstream/item_status.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "proxy/base/text.h"
#include "proxy/base/unicode.h"
#include "proxy/upstream/certificate_status.h"
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

// How a member's name says that it holds the status: in a code or in words.
enum class Naming : std::uint8_t { Other, Words, Code };

Naming namingOf(std::string_view key) {
    std::string name = base::lowerCase(key);
    std::erase_if(name, [](char c) { return !isAsciiLetter(c); });
    std::string_view rest = name;
    bool isOfCertificate = false;
    for (const std::string_view prefix : {"certificate", "cert", "credential", "cts"})
        if (!isOfCertificate && rest.starts_with(prefix))
            isOfCertificate = true, rest.remove_prefix(prefix.size());
    const auto begins = [&rest](std::string_view core) {
        if (!rest.starts_with(core)) return false;
        rest.remove_prefix(core.size());
        return true;
    };
    // A person's address has a state as well.
    if (!begins("status") && !begins("trangthai") && !begins("tinhtrang") &&
        !(isOfCertificate && begins("state")))
        return Naming::Other;
    constexpr auto kCodes = std::to_array<std::string_view>({"code", "value", "id", "no"});
    constexpr auto kWords = std::to_array<std::string_view>(
        {"", "desc", "description", "name", "text", "label", "str", "string", "vi", "vn", "en"});
    if (std::ranges::find(kCodes, rest) != kCodes.end()) return Naming::Code;
    return std::ranges::find(kWords, rest) != kWords.end() ? Naming::Words : Naming::Other;
}

struct SaidAt {
    std::string key;
    std::string text;
};

// In the order in which they count for what is shown: VNPT's own names first.
struct AllSaid {
    std::vector<SaidAt> codes, words;

    void add(Naming naming, const std::string& key, std::string text) {
        if (trimmed(text).empty()) return;
        (naming == Naming::Code ? codes : words).push_back({key, std::move(text)});
    }
};

// eContract's way to write an enumeration, and others'.
void addObject(AllSaid& said, const std::string& key, const Json& value) {
    bool isRead = false;
    for (const char* inner : {"description", "name", "text", "label", "value", "code", "id"}) {
        if (!value.contains(inner)) continue;
        isRead = true;
        const bool isCode = std::string_view("value code id").find(inner) != std::string_view::npos;
        said.add(isCode ? Naming::Code : Naming::Words, key, anyTextAt(value, inner));
    }
    if (!isRead) said.add(Naming::Words, key, shown(value.dump()));
}

AllSaid allSaidIn(const Json& item) {
    AllSaid said;
    const auto add = [&](const std::string& key, const Json& value) {
        const Naming naming = namingOf(key);
        if (naming == Naming::Other) return;
        if (value.is_object()) return addObject(said, key, value);
        const std::string text = anyTextAt(item, key.c_str());
        // Another's "status" may be a number that means nothing here; VNPT's own is never one of those.
        const bool isNumber =
            key != "cert_status" && base::wholeNumberOf(text, -1'000'000, 1'000'000).has_value();
        said.add(isNumber ? Naming::Code : naming, key, text);
    };
    for (const char* key : {"cert_status", "cert_status_code"})
        if (const auto found = item.find(key); found != item.end()) add(key, *found);
    for (const auto& [key, value] : item.items())
        if (key != "cert_status" && key != "cert_status_code") add(key, value);
    return said;
}

// Truth values as all sorts of programs write them; nothing for another text.
std::optional<bool> truthOf(std::string_view text) {
    const std::string lower = base::lowerCase(text);
    for (const std::string_view yes : {"true", "1", "yes", "y"})
        if (lower == yes) return true;
    for (const std::string_view no : {"false", "0", "no", "n"})
        if (lower == no) return false;
    return std::nullopt;
}

// A date of some kind, but not the first of a calendar, which stands for none.
bool isMoment(std::string_view text) {
    constexpr std::ptrdiff_t kDigitsOfDay = 8;
    return !text.starts_with("0001") && !text.starts_with("1/1/0001") && !text.starts_with("01/01/0001") &&
           std::ranges::count_if(text, isAsciiDigit) >= kDigitsOfDay;
}

// "is_revoked", "revocation_date", "isActive": a member whose name is a status, and whose value says whether.
// Active where it says nothing.
CertificateStatus flagged(const std::string& key, const std::string& text) {
    if (text.empty()) return Active;
    const CertificateStatus named = statusOfWords({}, key);
    const auto truth = truthOf(text);
    if (named == Active) return truth == false ? Unknown : Active;
    if (named != Revoked && named != Suspended && named != Pending) return Active;
    const bool isReason = named == Revoked && base::lowerCase(key).ends_with("reason");
    return truth.value_or(isReason || isMoment(text)) ? named : Active;
}

}  // namespace

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
    const AllSaid said = allSaidIn(item);
    const std::string code = said.codes.empty() ? std::string() : said.codes.front().text;
    ItemStatus is{.words = said.words.empty() ? code : said.words.front().text, .remarks = {}};
    const auto remark = [&is](const SaidAt& one, const SaidAt& other) {
        is.remarks.push_back(one.key + " is \"" + one.text + "\", and " + other.key + " \"" + other.text +
                             '"');
    };
    for (const SaidAt& one : said.words) {
        const CertificateStatus status = statusOfWords({}, one.text);
        if (&one != &said.words.front() && status != is.status) remark(one, said.words.front());
        is.status = worse(is.status, status);
    }
    // A code that is not known leaves it to the words.
    const std::string words = said.words.empty() ? std::string() : said.words.front().text;
    for (const SaidAt& one : said.codes) {
        is.status = worse(is.status, statusOfWords(one.text, words));
        if (words.empty() || statusOfWords(one.text, {}) == statusOfWords({}, words)) continue;
        remark(one, said.words.front());
        is.words += " (" + one.text + ')';
    }
    for (const auto& [key, value] : item.items()) {
        if (namingOf(key) != Naming::Other || value.is_structured()) continue;
        const std::string text(trimmed(textAt(item, key.c_str())));
        const CertificateStatus status = flagged(key, text);
        if (status == Active || worse(is.status, status) == is.status) continue;
        is.status = status;
        is.remarks.push_back(key + " is \"" + text + '"');
        is.words += (is.words.empty() ? "" : ", ") + key + ": " + text;
    }
    if (is.status == Unknown) is.remarks.push_back("its status is unknown: \"" + is.words + '"');
    return is;
}

}  // namespace smartca::upstream
