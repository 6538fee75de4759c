// What a portal's server fills in, and holds a person to.
#include "shared/prefill.h"

#include <doctest/doctest.h>

using namespace smartca;

namespace {

Draft filledIn() {
    Draft draft;
    draft.userId = 7;
    draft.identity = "001099000001";
    draft.serial = "5401aa";
    draft.signatureText = "Ký bởi\r\n{{name}}";
    draft.displayMode = DisplayMode::TextOnly;
    return draft;
}

}  // namespace

TEST_CASE("a locked field that arrives as it was filled in passes, however it is written") {
    const Prefill prefill{filledIn(), {kPrefillFields.begin(), kPrefillFields.end()}};
    Draft draft = filledIn();
    draft.identity = " 001 099 000 001 ";
    draft.serial = "54:01:AA";
    draft.signatureText = "Ký bởi\n{{name}}";
    CHECK(lockFindings(draft, prefill).empty());
    draft.serial.clear();
    draft.serials = {"5401AA"};  // picked from a list
    CHECK(lockFindings(draft, prefill).empty());
}

TEST_CASE("each locked field with another value is named") {
    const Prefill prefill{filledIn(), {kPrefillFields.begin(), kPrefillFields.end()}};
    Draft draft;
    CHECK(lockFindings(draft, prefill).size() == kPrefillFields.size());
    draft = filledIn();
    draft.identity = "001099000002";
    CHECK(lockFindings(draft, prefill) == Findings{{Field::Identity, FindingCode::FieldLocked, {}}});
    draft = filledIn();
    draft.serial.clear();
    draft.serials = {"5401aa", "5401bb"};
    CHECK(lockFindings(draft, prefill) == Findings{{Field::Serial, FindingCode::FieldLocked, {}}});
    CHECK(hasError(lockFindings(draft, prefill)));
}

TEST_CASE("a field that is filled in and not locked may be changed") {
    CHECK(lockFindings({}, {filledIn(), {}}).empty());
}
