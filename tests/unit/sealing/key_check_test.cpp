// The key file that a database was begun with is told from every other.
#include "proxy/sealing/key_check.h"

#include "../registry/fixture.h"

namespace smartca::sealing {

using namespace registry;  // for its fixture

namespace {

KeyCheck kept(store::Store& store, char key) {
    const auto checked = keepKeyCheck(store, testKey(key));
    if (!checked) FAIL(checked.error());
    return checked.value();
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "the first key is kept, and every other is another one") {
    CHECK(checkKey(store->read().database(), testKey('k')).value() == KeyCheck::NotKept);
    CHECK(kept(*store, 'k') == KeyCheck::Same);
    CHECK(kept(*store, 'k') == KeyCheck::Same);
    CHECK(kept(*store, 'x') == KeyCheck::Another);
    CHECK(checkKey(store->read().database(), testKey('k')).value() == KeyCheck::Same);
    CHECK(checkKey(store->read().database(), testKey('x')).value() == KeyCheck::Another);
}

TEST_CASE_FIXTURE(Fixture, "what was kept and has been changed fits no key") {
    REQUIRE(kept(*store, 'k') == KeyCheck::Same);
    execute(*store, place.server().empty() ? "UPDATE key_check SET sealed = x'01'"
                                           : "UPDATE key_check SET sealed = '\\x01'");
    CHECK(kept(*store, 'k') == KeyCheck::Another);
}

}  // namespace smartca::sealing
