// Sending the draft, and what becomes of it.
#include <doctest/doctest.h>

#include "script.h"

using namespace smartca;
using namespace smartca::app;

namespace {

CreateAnswer twoAdded() {
    CreateAnswer answer;
    answer.added = {listed(11, "A"), listed(12, "B")};
    return answer;
}

}  // namespace

TEST_CASE(
    "a complete draft is sent once, with its own idempotency key, and closes the dialog when it is created") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    CHECK(script.dialog().busy());
    const SendRequest request = script.request("certificates");
    CHECK(request.method == Method::Post);
    CHECK(request.idempotencyKey == "00112233445566778899aabbccddeeff-1");
    CHECK(request.body.find("\"userId\":7") != std::string::npos);

    script.press(ControlKind::Submit);
    script.press(ControlKind::Cancel);
    CHECK(script.last.effects.empty());

    script.answer("certificates", 201, bodyOf(twoAdded()));
    CHECK_FALSE(script.state.dialog);
    CHECK(script.effect<RestoreFocus>());
    CHECK(script.raised("created"));
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].title == "Digital certificate created");
    CHECK(script.state.notices[0].text == "2 certificates added for Nguyễn Văn A.");
    CHECK(script.announced("2 certificates added"));
    CHECK(script.state.list.fresh == std::vector<std::int64_t>{11, 12});
    CHECK(script.waitsFor("certificates?"));
}
