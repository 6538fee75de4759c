// What JavaScript calls. Ids are twins' ids; a text is UTF-8 with its length and belongs to the caller.
#include <emscripten/emscripten.h>

#include <ctime>
#include <string>
#include <utility>

#include "web/platform/program.h"
#include "web/platform/texts.h"

using smartca::platform::Program;
namespace app = smartca::app;

namespace {

// Twins that are no controls are operated too (a label is clicked); what happens to them is no event.
bool isControl(std::uint32_t id) {
    return id != 0 && id < 1u << 24;
}

template <class ControlEvent>
void handleAt(Program* program, std::uint32_t id) {
    if (isControl(id)) program->handle(ControlEvent{app::controlOf(id)});
}

app::Layout layoutOf(bool plain) {
    return plain ? app::Layout::Plain : app::Layout::Designed;
}

app::Theme themeOf(bool dark) {
    return dark ? app::Theme::Dark : app::Theme::Light;
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE Program* smartca_create() {
    return new Program;
}

EMSCRIPTEN_KEEPALIVE void smartca_destroy(Program* program) {
    delete program;
}

EMSCRIPTEN_KEEPALIVE void smartca_start(Program* program, bool dialogOnly, const char* tag,
                                        std::size_t tagLength, bool dark, bool plain, const char* seed,
                                        std::size_t length, const char* address, std::size_t addressLength) {
    app::Started started;
    started.opening = dialogOnly ? app::Opening::Dialog : app::Opening::Page;
    started.locale = smartca::localeOfTag({tag, tagLength});
    started.theme = themeOf(dark);
    started.layout = layoutOf(plain);
    started.now = std::time(nullptr);
    started.seed.assign(seed, length);
    started.address.assign(address, addressLength);
    program->handle(std::move(started));
}

EMSCRIPTEN_KEEPALIVE void smartca_frame(Program* program) {
    program->frame();
}

EMSCRIPTEN_KEEPALIVE void smartca_viewport(Program* program, float width, float height, float density,
                                           bool touch, float roundness, float tightness, float logo) {
    program->setViewport({.width = width,
                          .height = height,
                          .density = density,
                          .pointer = touch ? smartca::view::Pointer::Touch : smartca::view::Pointer::Mouse,
                          .roundness = roundness,
                          .tightness = tightness,
                          .logo = logo});
}

// Whether the twins show themselves, or a painting of them is seen.
EMSCRIPTEN_KEEPALIVE void smartca_sketches(Program* program, bool sketches) {
    program->setOutput(sketches ? smartca::view::Output::Sketch : smartca::view::Output::Painting);
}

EMSCRIPTEN_KEEPALIVE void smartca_contrast(Program* program, bool more) {
    program->setContrast(more ? smartca::view::Contrast::More : smartca::view::Contrast::Normal);
}

EMSCRIPTEN_KEEPALIVE void smartca_pointer(Program* program, std::uint32_t hovered, std::uint32_t pressed) {
    program->setPointer(hovered, pressed);
    program->readClock();  // who comes back to the page after days does this first
}

EMSCRIPTEN_KEEPALIVE void smartca_focus(Program* program, std::uint32_t id, bool visible) {
    program->setFocus(id, visible);
}

EMSCRIPTEN_KEEPALIVE void smartca_scrolled(Program* program, std::uint32_t id, float top) {
    program->setScrolled(id, top);
}

EMSCRIPTEN_KEEPALIVE void smartca_dragging(Program* program, bool dragging) {
    program->setDragging(dragging);
}

EMSCRIPTEN_KEEPALIVE void smartca_touched(Program* program, std::uint32_t id) {
    program->touched(id);
}

EMSCRIPTEN_KEEPALIVE void smartca_activated(Program* program, std::uint32_t id) {
    if (isControl(id)) program->handleTimed(app::Activated{app::controlOf(id)});
}

EMSCRIPTEN_KEEPALIVE void smartca_text_changed(Program* program, std::uint32_t id, const char* text,
                                               std::size_t length) {
    program->touched(id);
    if (isControl(id)) program->handleTimed(app::TextChanged{app::controlOf(id), std::string(text, length)});
}

EMSCRIPTEN_KEEPALIVE void smartca_caret_moved(Program* program, std::uint32_t id, const char* before,
                                              std::size_t length) {
    if (isControl(id)) program->handle(app::CaretMoved{app::controlOf(id), std::string(before, length)});
}

EMSCRIPTEN_KEEPALIVE void smartca_focus_gained(Program* program, std::uint32_t id) {
    handleAt<app::FocusGained>(program, id);
}

// `to`: the twin that takes it, or 0.
EMSCRIPTEN_KEEPALIVE void smartca_focus_lost(Program* program, std::uint32_t id, std::uint32_t to) {
    if (isControl(id))
        program->handle(
            app::FocusLost{app::controlOf(id), isControl(to) ? app::controlOf(to) : app::Control{}});
}

EMSCRIPTEN_KEEPALIVE bool smartca_key(Program* program, std::uint32_t id, int key) {
    return isControl(id) &&
           program->handleTimed(app::KeyPressed{app::controlOf(id), static_cast<app::Key>(key)});
}

EMSCRIPTEN_KEEPALIVE void smartca_image_offered(Program* program, const char* name, std::size_t length,
                                                double bytes) {
    program->handle(app::ImageOffered{std::string(name, length), static_cast<std::int64_t>(bytes)});
}

EMSCRIPTEN_KEEPALIVE void smartca_image_progress(Program* program, int step, int percent) {
    program->handle(app::ImageProgress{static_cast<app::ImageStep>(step), percent});
}

EMSCRIPTEN_KEEPALIVE void smartca_image_chosen(Program* program, const char* name, std::size_t nameLength,
                                               const char* data, std::size_t dataLength, bool whole,
                                               std::uint32_t changes) {
    using Verdict = app::ImageChosen::Verdict;
    program->handle(app::ImageChosen{std::string(name, nameLength), std::string(data, dataLength),
                                     whole ? Verdict::Whole : Verdict::Broken, changes});
}

EMSCRIPTEN_KEEPALIVE void smartca_image_loaded(Program* program, int slot, int width, int height) {
    program->handle(app::ImageLoaded{static_cast<app::ImageSlot>(slot), width, height});
}

EMSCRIPTEN_KEEPALIVE void smartca_answered(Program* program, std::uint32_t number, int status,
                                           const char* body, std::size_t length, int age) {
    program->handleTimed(app::Answered{number, status, std::string(body, length), age});
}

EMSCRIPTEN_KEEPALIVE void smartca_session_renewed(Program* program) {
    program->handle(app::SessionRenewed{});
}

EMSCRIPTEN_KEEPALIVE void smartca_timer_fired(Program* program, int timer) {
    program->handleTimed(app::TimerFired{static_cast<app::Timer>(timer)});
}

EMSCRIPTEN_KEEPALIVE void smartca_code_computed(Program* program, const char* code, std::size_t length,
                                                int secondsLeft) {
    program->handle(app::CodeComputed{std::string(code, length), secondsLeft});
}

EMSCRIPTEN_KEEPALIVE void smartca_copied(Program* program, bool succeeded) {
    program->handle(app::TextCopied{succeeded});
}

EMSCRIPTEN_KEEPALIVE void smartca_locale_missing(Program* program) {
    program->handle(app::LocaleMissing{});
}

EMSCRIPTEN_KEEPALIVE bool smartca_texts(const char* tag, std::size_t tagLength, const char* joined,
                                        std::size_t length) {
    return smartca::platform::takeTexts(smartca::localeOfTag({tag, tagLength}), {joined, length});
}

EMSCRIPTEN_KEEPALIVE void smartca_locale(Program* program, const char* tag, std::size_t length) {
    program->handle(app::LocaleChosen{smartca::localeOfTag({tag, length})});
}

EMSCRIPTEN_KEEPALIVE void smartca_theme(Program* program, bool dark) {
    program->handle(app::ThemeChosen{themeOf(dark)});
}

EMSCRIPTEN_KEEPALIVE void smartca_layout(Program* program, bool plain) {
    program->handle(app::LayoutChosen{layoutOf(plain)});
}

EMSCRIPTEN_KEEPALIVE void smartca_open(Program* program, bool looksUp, double userId, const char* code,
                                       std::size_t codeLength, const char* identity,
                                       std::size_t identityLength, const char* serial,
                                       std::size_t serialLength, const char* content,
                                       std::size_t contentLength) {
    program->handleTimed(app::OpenRequested{static_cast<std::int64_t>(userId),
                                            {code, codeLength},
                                            {identity, identityLength},
                                            {serial, serialLength},
                                            {content, contentLength},
                                            looksUp ? app::Mode::Lookup : app::Mode::Create});
}

EMSCRIPTEN_KEEPALIVE void smartca_close(Program* program) {
    program->handle(app::CloseRequested{});
}

// By the browser's history; see web/app/event.h.
EMSCRIPTEN_KEEPALIVE void smartca_went_back(Program* program, int layers, const char* address,
                                            std::size_t length) {
    program->handle(app::WentBack{layers, std::string(address, length)});
}

// 2: a create goes on; 1: one has failed while its dialog was closed; 0: neither.
EMSCRIPTEN_KEEPALIVE int smartca_creates(Program* program) {
    return program->hasCreates() ? 2 : program->keepsFailed() ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void smartca_closed_by_page(Program* program) {
    program->handle(app::ClosedByPage{});
}

EMSCRIPTEN_KEEPALIVE void smartca_cancel_allowed(Program* program) {
    program->handle(app::CancelAllowed{});
}

EMSCRIPTEN_KEEPALIVE void smartca_fonts_changed(Program* program) {
    program->rebuildFonts();
}

EMSCRIPTEN_KEEPALIVE void smartca_colors_changed(Program* program) {
    program->refreshColors();
}

// Reports each item of the last frame, as the commands that would create it.
EMSCRIPTEN_KEEPALIVE void smartca_items(Program* program) {
    program->reportItems();
}

EMSCRIPTEN_KEEPALIVE void smartca_repeat_twins(Program* program) {
    program->repeatTwins();
}

}  // extern "C"
