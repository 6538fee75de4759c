#include "web/platform/program.h"

#include <emscripten.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <utility>

#include "web/app/update.h"
#include "web/platform/browser.h"
#include "web/view/part.h"

namespace smartca::platform {
namespace {

// Items that are no controls (labels, texts) have ids beyond every control's.
app::Control controlOfTwin(std::uint32_t id) {
    return id < 1u << 24 ? app::controlOf(id) : app::Control{};
}

}  // namespace

Program::Program() = default;

bool Program::handle(app::Event event) {
    if (handling_) {
        waiting_.push_back(std::move(event));
        return false;
    }
    handling_ = true;
    const bool handled = handleOne(event);
    for (; !waiting_.empty(); waiting_.pop_front())
        handleOne(waiting_.front());
    handling_ = false;
    smartca_wake();
    return handled;
}

void Program::readClock() {
    handle(app::ClockRead{std::time(nullptr), static_cast<smartca::Instant>(emscripten_get_now() / 1000)});
}

bool Program::handleTimed(app::Event event) {
    readClock();
    return handle(std::move(event));
}

bool Program::handleOne(const app::Event& event) {
    const app::Reaction reaction = app::update(state_, event);
    for (const app::Effect& effect : reaction.effects)
        carryOut(effect);
    return reaction.handled;
}

void Program::frame() {
    followAppearance();
    const FontSettings wanted{viewport_.density, state_.theme == app::Theme::Dark ? Ink::Light : Ink::Dark};
    if (!fontsCurrent_ || wanted != fontSettings_) {
        resources_.fonts = fonts_.build(drawing_, wanted);
        view_.fontsChanged();
        resources_.wholeWord = [](std::string_view word) {
            return smartca_glyph_word(word.data(), word.size());
        };
        fontSettings_ = wanted;
        fontsCurrent_ = true;
    }

    drawing_.beginFrame();
    drawn_ = &view_.draw(state_, viewport_, interaction_, resources_);
    smartca_twins_begin();
    updateTwins();
    if (viewport_.output == view::Output::Sketch)
        painter_.sketch(*drawn_);
    else
        painter_.paint(*drawn_, viewport_.density);
    smartca_twins_end();
}

void Program::updateTwins() {
    for (const TwinCommand& command : twins_.update(drawn_->items))
        send(command);
}

void Program::repeatTwins() {
    if (drawn_ == nullptr) return;
    smartca_twins_begin();
    updateTwins();
    smartca_twins_end();
}

// Language, theme and colours as the page sees them, when they changed.
void Program::followAppearance() {
    if (appearanceShown_ && shownLocale_ == state_.locale && shownTheme_ == state_.theme) return;
    appearanceShown_ = true;
    shownLocale_ = state_.locale;
    shownTheme_ = state_.theme;
    const std::string_view tag = tagOf(state_.locale), other = tagOf(nextLocale(state_.locale)),
                           title = text(state_.locale, Message::ProductName);
    smartca_language(tag.data(), tag.size(), other.data(), other.size(), title.data(), title.size());
    smartca_appearance(state_.theme == app::Theme::Dark);
    resources_.palette = view::paletteOf(state_.theme, contrast_);
    view::Palette& palette = resources_.palette;
    constexpr auto surface = static_cast<std::size_t>(view::ColorToken::Surface);
    const view::Color behind = state_.theme == app::Theme::Dark ? 0x000000 : 0xffffff;
    // All are asked before one is set: the browser computes all styles anew for a question after a change.
    for (std::size_t i = 0; i < palette.size(); ++i) {
        const std::string_view name = view::nameOf(static_cast<view::ColorToken>(i));
        const std::int32_t override =
            smartca_color_override(name.data(), name.size(), i <= surface ? behind : palette[surface]);
        if (override >= 0) palette[i] = static_cast<view::Color>(override);
    }
    for (std::size_t i = 0; i < palette.size(); ++i) {
        const std::string_view name = view::nameOf(static_cast<view::ColorToken>(i));
        smartca_color(static_cast<std::uint32_t>(i), name.data(), name.size(), palette[i]);
        // The ink of the twins that lie on paper.
        const std::string onPaper = std::string("paper-").append(name);
        smartca_color(static_cast<std::uint32_t>(i + palette.size()), onPaper.data(), onPaper.size(),
                      view::paletteOf(app::Theme::Light)[i]);
    }
}

void Program::send(const TwinCommand& command) {
    smartca_twin(static_cast<std::uint32_t>(command.operation), command.id, command.number, command.parent,
                 command.after, command.box.x, command.box.y, command.box.width, command.box.height,
                 command.text.data(), command.text.size());
}

void Program::reportItems() {
    TwinTree fresh;
    if (drawn_ != nullptr)
        for (const TwinCommand& command : fresh.update(drawn_->items))
            send(command);
}

void Program::setViewport(const view::Viewport& viewport) {
    const view::Output output = viewport_.output;
    viewport_ = viewport;
    viewport_.output = output;
    smartca_wake();
}

void Program::setOutput(view::Output output) {
    if (viewport_.output == output) return;
    viewport_.output = output;
    smartca_wake();
}

void Program::setContrast(view::Contrast contrast) {
    if (contrast_ == contrast) return;
    contrast_ = contrast;
    refreshColors();
}

void Program::setPointer(std::uint32_t hovered, std::uint32_t pressed) {
    const app::Control over = controlOfTwin(hovered);
    const app::Control down = controlOfTwin(pressed);
    if (interaction_.hovered == over && interaction_.pressed == down) return;
    interaction_.hovered = over;
    interaction_.pressed = down;
    smartca_wake();
}

void Program::setFocus(std::uint32_t focused, bool visible) {
    interaction_.focused = controlOfTwin(focused);
    interaction_.focusVisible = visible;
    smartca_wake();
}

void Program::setScrolled(std::uint32_t id, float top) {
    if (id != view::idOf(view::Part::LookupList) || interaction_.picksScrolled == top) return;
    interaction_.picksScrolled = top;
    smartca_wake();
}

void Program::setDragging(bool dragging) {
    if (interaction_.draggingFile == dragging) return;
    interaction_.draggingFile = dragging;
    smartca_wake();
}

void Program::rebuildFonts() {
    fontsCurrent_ = false;
    smartca_wake();
}

void Program::refreshColors() {
    appearanceShown_ = false;
    smartca_wake();
}

bool Program::hasCreates() const {
    return (state_.dialog && state_.dialog->busy()) ||
           std::ranges::any_of(state_.left, [](const app::LeftCreate& left) { return left.dialog.busy(); });
}

}  // namespace smartca::platform
