// What the list's page says, and what its questions say of a row.
#include <doctest/doctest.h>

#include <algorithm>

#include "scene.h"
#include "web/view/part.h"

namespace smartca::view::test {

TEST_CASE("the page shows what the session allows, and nothing of the rest") {
    Scene scene;
    for (const Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "list") continue;
        const auto shows = [&](Rights may, app::ControlKind kind) {
            Sample limited = sample;
            limited.state.session.phase = app::Phase::Ready;
            limited.state.session.value.may = may;
            limited.state.list.openMenu = 0;
            const Frame& frame = scene.draw(limited, {1280, 800, 1, Pointer::Mouse});
            return find(frame, app::numberOf({kind})) != nullptr;
        };
        using enum app::ControlKind;
        for (const app::ControlKind kind :
             {OpenCreate, RowMenu, RowDetails, RowRename, RowSetDefault, RowDelete}) {
            CHECK(shows(Rights::all(), kind));
            CHECK_FALSE(shows({Right::Lookup, Right::List}, kind));
        }
        CHECK_FALSE(shows({Right::Create}, OpenCreate));  // nobody would see what is attached
        CHECK(shows({Right::Details}, RowMenu));
        CHECK(shows({Right::Details}, RowDetails));
        CHECK_FALSE(shows({Right::Details}, RowRename));
        CHECK_FALSE(shows({Right::Details}, OpenCreate));
    }
}

TEST_CASE("until it is known who may, what takes a right stands in its place and cannot be pressed") {
    Scene scene;
    for (const float width : {1280.f, 390.f}) {
        Sample sample = sampleOf("list");
        const auto itemOf = [&](app::ControlKind kind) {
            const Item* item =
                find(scene.draw(sample, {width, 800, 1, Pointer::Mouse}), app::numberOf({kind}));
            REQUIRE(item != nullptr);
            return std::pair(item->rectangle, (item->flags & kDisabled) != 0);
        };
        for (const auto kind : {app::ControlKind::OpenCreate, app::ControlKind::RowMenu}) {
            sample.state.session.phase = app::Phase::Loading;
            const auto [before, waits] = itemOf(kind);
            CHECK(waits);
            sample.state.session.phase = app::Phase::Ready;
            const auto [place, disabled] = itemOf(kind);
            CHECK(place == before);
            CHECK_FALSE(disabled);
            sample.state.session.phase = app::Phase::Failed;  // the proxy says what is not allowed
            CHECK_FALSE(itemOf(kind).second);
        }
    }
}

TEST_CASE("what a certificate is asked about by tells it from another of its name") {
    Scene scene;
    for (const Locale locale : kLocales)
        for (const Sample& sample : samples(locale, app::Theme::Light)) {
            if (sample.name != "delete-confirm" && sample.name != "rename") continue;
            const Frame& frame = scene.draw(sample, {390, 844, 1, Pointer::Mouse});
            const auto dialog = std::ranges::find_if(
                frame.items, [](const Item& item) { return (item.flags & kModal) != 0; });
            REQUIRE(dialog != frame.items.end());
            REQUIRE_FALSE(dialog->describedBy.empty());
            CHECK(find(frame, dialog->describedBy.front())->name ==
                  (locale == Locale::English ? "Serial 540101014e46…c89999 · valid until 07/03/2027"
                                             : "Số serial 540101014e46…c89999 · hiệu lực đến 07/03/2027"));
        }
}

TEST_CASE("in a page that stays open a certificate begins when its first second comes") {
    Scene scene;
    Sample sample = sampleOf("list");
    Certificate& certificate = sample.state.list.certificates.value.items.at(0);
    certificate.status = CertificateStatus::NotYetValid;
    certificate.validFrom = sample.state.now + 1;
    certificate.validTo = sample.state.now + 400 * 86'400;
    const auto isWaiting = [&] {
        return says(scene.draw(sample, {1280, 800, 1, Pointer::Mouse}), "Not yet valid");
    };
    CHECK(isWaiting());
    ++sample.state.now;
    CHECK_FALSE(isWaiting());
}

TEST_CASE("who has one certificate alone is promised no other default") {
    Scene scene;
    for (const Locale locale : kLocales)
        for (Sample sample : samples(locale, app::Theme::Light)) {
            if (sample.name != "delete-confirm") continue;
            sample.state.confirm.certificate.userCode = "USER01";
            const Item* text =
                find(scene.draw(sample, {390, 844, 1, Pointer::Mouse}), idOf(Part::ConfirmText));
            REQUIRE(text != nullptr);
            CHECK(text->name.find(locale == Locale::English ? "may become" : "có thể thành") !=
                  std::string::npos);
            CHECK(text->name.find("Nguyễn Văn A · USER01") != std::string::npos);  // and of that name which
        }
}

TEST_CASE("that a certificate is being deleted stands on the button that was pressed") {
    Scene scene;
    for (Sample sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "delete-confirm") continue;
        sample.state.confirm.busy = true;
        const Item* button = find(scene.draw(sample, kWindow), idOf(app::ControlKind::ConfirmAccept));
        REQUIRE(button != nullptr);
        CHECK(button->name == "Deleting…");
    }
}

TEST_CASE(
    "where the address names certificates it is not said that they were just added, nor a filter blamed") {
    Scene scene;
    for (const Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "list-added-gone") continue;
        const Frame& frame = scene.draw(sample, kWindow);
        for (const char* words : {"None of these certificates is on the list", "Show all"})
            CHECK(says(frame, words));
        CHECK_FALSE(says(frame, "No certificate matches"));
    }
    Sample sample = samples(Locale::English, app::Theme::Light).front();
    sample.state.list.only = {1, 2};
    CHECK(says(scene.draw(sample, kWindow), "Only the chosen certificates are shown."));
}

TEST_CASE("where not everything could be read the filters are not blamed for what is missing") {
    Scene scene;
    Sample sample = samples(Locale::English, app::Theme::Light).front();
    sample.state.list.search = "zzz";
    sample.state.list.certificates.value.items.clear();
    sample.state.list.certificates.value.complete = false;
    CHECK(find(scene.draw(sample, kWindow), idOf(Part::BlankText))
              ->name.starts_with("Not everything could be read"));
}

TEST_CASE("who may attach nothing is not told how to, where nothing is there") {
    Scene scene;
    for (Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "list-empty") continue;
        sample.state.session.phase = app::Phase::Ready;
        sample.state.session.value.may = {Right::List};
        const Frame& frame = scene.draw(sample, kWindow);
        CHECK(says(frame, "Somebody who may attach certificates can add the first one."));
        CHECK_FALSE(says(frame, "Create New"));
    }
}

TEST_CASE("the rows that a page shows are a range where there are several, and one number for one") {
    Scene scene;
    for (Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "list-paged") continue;
        CertificatePage& page = sample.state.list.certificates.value;
        page.pageSize = static_cast<int>(page.items.size());
        page.totalCount = 2 * page.pageSize + 1;
        CHECK(says(scene.draw(sample, kWindow), "1–4 of 9"));
        page.page = 3;
        page.items.resize(1);
        CHECK(says(scene.draw(sample, kWindow), "9 of 9"));
    }
}

TEST_CASE("a long search that finds nobody does not grow over its own field") {
    Scene scene;
    for (Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "dialog-users") continue;
        app::UserSearch& search = sample.state.dialog->user.search;
        search.results.value = {};
        search.searched = std::string(2'000, 'a');
        CHECK(says(scene.draw(sample, kWindow),
                   "No user was found for “" + std::string(40, 'a') + "…”. Check its spelling and accents."));
    }
}

TEST_CASE("one user that matches is told as one, and not as so many of all") {
    Scene scene;
    for (Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "dialog-users") continue;
        app::UserSearch& search = sample.state.dialog->user.search;
        const auto drawn = [&] { return says(scene.draw(sample, kWindow), "1 user matches"); };
        CHECK_FALSE(drawn());
        search.results.value.items.resize(1);
        search.results.value.totalCount = 1;
        CHECK(drawn());
    }
}

}  // namespace smartca::view::test
