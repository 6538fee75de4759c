#include "proxy/audit/entry.h"

#include <span>

#include "proxy/base/crypto.h"
#include "shared/text.h"

namespace smartca::audit {
namespace {

static_assert(kActionNames.size() == static_cast<std::size_t>(Action::Access) + 1);
static_assert(kOutcomeNames.size() == static_cast<std::size_t>(Outcome::Failed) + 1);

// PostgreSQL takes UTF-8 without NUL alone. An entry that cannot be written would keep what it tells of from
// being done, or from being given up, for ever.
void makeStorable(std::string& text) {
    text = validUtf8(text);
    for (auto at = text.find('\0'); at != std::string::npos; at = text.find('\0', at))
        text.replace(at, 1, "\uFFFD");
}

// A netstring: its length in front, so that no text can look like two others.
void addNetstring(std::string& bytes, std::string_view text) {
    bytes.append(std::to_string(text.size())).append(":").append(text).append(",");
}

}  // namespace

Entry withOutcome(Entry entry, Outcome outcome, std::string_view reason) {
    entry.outcome = outcome;
    entry.reason = reason;
    return entry;
}

Record recordOf(const Entry& entry) {
    Record record{entry.source, entry};
    record.action = kActionNames[static_cast<std::size_t>(entry.action)];
    record.outcome = kOutcomeNames[static_cast<std::size_t>(entry.outcome)];
    for (const auto& serial : entry.serials)
        record.serials += (record.serials.empty() ? "" : " ") + serial;
    for (const auto id : entry.certificateIds)
        record.certificateIds += (record.certificateIds.empty() ? "" : " ") + std::to_string(id);
    for (const Field& field : kFields)
        if (field.text != nullptr) makeStorable(record.*field.text);
    return record;
}

std::string chainHash(std::string_view previous, const Record& record) {
    std::string bytes;
    addNetstring(bytes, "smartca-audit-1");
    addNetstring(bytes, previous);
    for (const Field& field : std::span(kFields).first(kFields.size() - 1))
        addNetstring(bytes,
                     field.text != nullptr ? record.*field.text : std::to_string(record.*field.number));
    return hashOf(bytes);
}

std::string hashOf(std::string_view bytes) {
    return hexadecimalOf(base::sha256(bytes));
}

}  // namespace smartca::audit
