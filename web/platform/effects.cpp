#include "web/platform/program.h"

#include <variant>

#include "web/platform/browser.h"
#include "web/view/part.h"

namespace smartca::platform {
namespace {

struct CarryOut {
    void operator()(const app::SendRequest& request) const {
        smartca_send(request.number, static_cast<int>(request.method), request.path.data(),
                     request.path.size(), request.body.data(), request.body.size(),
                     request.idempotencyKey.data(), request.idempotencyKey.size(),
                     request.timeoutMilliseconds);
    }
    void operator()(const app::CancelRequest& request) const { smartca_cancel(request.number); }
    void operator()(const app::StartTimer& start) const {
        smartca_timer_start(static_cast<int>(start.timer), start.milliseconds);
    }
    void operator()(const app::StopTimer& stop) const { smartca_timer_stop(static_cast<int>(stop.timer)); }
    void operator()(const app::MoveFocus& move) const {
        smartca_focus_move(app::numberOf(move.control), move.selection == app::Selection::All);
    }
    void operator()(const app::InsertText& insert) const {
        smartca_insert(app::numberOf(insert.control), insert.text.data(), insert.text.size(),
                       static_cast<int>(insert.insertion));
    }
    void operator()(const app::Reveal& reveal) const {
        // Whole, and also while it has no button.
        const bool isBanner = reveal.control.kind == app::ControlKind::BannerDismiss;
        smartca_reveal(isBanner ? view::idOf(view::Part::Banner) : app::numberOf(reveal.control));
    }
    void operator()(const app::RestoreFocus&) const { smartca_focus_restore(); }
    void operator()(const app::Announce& announce) const {
        smartca_announce(announce.text.data(), announce.text.size(), static_cast<int>(announce.politeness));
    }
    void operator()(const app::PrepareImage& prepare) const {
        smartca_image_prepare(static_cast<double>(prepare.mostBytes), prepare.mostPixels);
    }
    void operator()(const app::StopPreparing&) const { smartca_image_stop(); }
    void operator()(const app::LoadImage& load) const {
        smartca_image_load(static_cast<int>(load.slot), load.path.data(), load.path.size(),
                           load.mediaType.data(), load.mediaType.size(), load.data.data(), load.data.size());
    }
    void operator()(const app::DropImage& drop) const { smartca_image_drop(static_cast<int>(drop.slot)); }
    void operator()(const app::ComputeCode& compute) const {
        smartca_code(compute.key.data(), compute.key.size(), static_cast<double>(compute.ahead));
    }
    void operator()(const app::ChooseLocale& choose) const {
        const std::string_view tag = tagOf(choose.locale);
        smartca_choose_locale(tag.data(), tag.size());
    }
    void operator()(const app::Remember& remember) const {
        smartca_remember(remember.theme == app::Theme::Dark);
    }
    void operator()(const app::ShowLayout& show) const {
        smartca_show_layout(show.layout == app::Layout::Plain);
    }
    void operator()(const app::CopyText& copy) const { smartca_copy(copy.text.data(), copy.text.size()); }
    void operator()(const app::RaiseEvent& raise) const {
        smartca_raise(raise.name.data(), raise.name.size(), raise.detail.data(), raise.detail.size());
    }
    void operator()(const app::ShowAddress& show) const {
        smartca_show_address(show.page.data(), show.page.size(), show.open.data(), show.open.size(),
                             show.layers, show.step == app::AddressStep::New);
    }
    void operator()(const app::GuardLeaving& guard) const { smartca_guard_leaving(guard.guards); }
    void operator()(const app::RequestCancel&) const { smartca_request_cancel(); }
};

}  // namespace

void carryOut(const app::Effect& effect) {
    std::visit(CarryOut{}, effect);
}

}  // namespace smartca::platform
