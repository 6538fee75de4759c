// The business account's switch, its two secrets and the one-time code that they make.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "shared/calendar.h"
#include "web/view/form.h"
#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

// The thumb is its element's own (styles.js).
void paintSwitch(Painter& painter, app::Control control, const Rectangle& box, bool on) {
    const float radius = box.height / 2;
    painter.brush().fill(box, radius, painter.ink(on ? ColorToken::Accent : ColorToken::LineStrong));
    if (painter.hovers(control)) painter.brush().fill(box, radius, painter.ink(ColorToken::Text, 0.08f));
    if (painter.focuses(control) && painter.interaction().focusVisible) focusRing(painter, box, radius);
}

struct Secret {
    Field field;
    app::ControlKind control, reveal;
    Message show, hide;
    app::Visibility visibility;
};

// How long a clock is wrong, as a person would say it.
std::string spanText(const Painter& painter, Instant seconds) {
    constexpr Instant kMinute = 60, kHour = 60 * kMinute, kDay = 24 * kHour;
    const auto text = [](Instant number) { return std::to_string(number); };
    if (seconds >= 2 * kDay) return painter.say(Message::SpanDays, {{"days", text(seconds / kDay)}});
    if (seconds >= kHour)
        return painter.say(Message::SpanHours,
                           {{"hours", text(seconds / kHour)}, {"minutes", text(seconds % kHour / kMinute)}});
    if (seconds >= kMinute)
        return painter.say(Message::SpanMinutes,
                           {{"minutes", text(seconds / kMinute)}, {"seconds", text(seconds % kMinute)}});
    return painter.say(Message::SpanSeconds, {{"seconds", text(seconds)}});
}

std::string clockWords(const Form& form) {
    constexpr Instant kBearable = 20;  // seconds; a code is good for a while after its time
    const Instant ahead = form.state.clockAhead;
    if (ahead >= -kBearable && ahead <= kBearable) return {};
    const std::string seconds = std::to_string(form.state.now % 60);
    const std::string time = dateAndTimeInVietnam(form.state.now).substr(std::size("22/11/2026")) + ":" +
                             (seconds.size() < 2 ? "0" : "") + seconds;
    return form.painter.say(ahead > 0 ? Message::ClockSlow : Message::ClockFast,
                            {{"span", spanText(form.painter, ahead > 0 ? ahead : -ahead)}, {"time", time}});
}

std::string codeWords(const Painter& painter, const app::OneTimeCode& code) {
    if (!code.digits.empty())
        return painter.say(Message::CodeNow, {{"seconds", std::to_string(code.secondsLeft)}});
    // A code that was computed and is none: the browser has no cryptography here.
    return std::string(painter.say(code.secondsLeft > 0 ? Message::CodeImpossible : Message::CodeAwaited));
}

// Runs down once in the half minute that a code lives.
void paintRing(Painter& painter, Point centre, int secondsLeft) {
    constexpr float kRadius = 13, kWidth = 3;
    constexpr int kSteps = 60, kLife = 30;
    painter.brush().ring(centre, kRadius, kWidth, painter.ink(ColorToken::Line));
    const int steps = kSteps * std::clamp(secondsLeft, 0, kLife) / kLife;
    if (steps == 0) return;
    std::vector<Point> arc;
    for (int step = 0; step <= steps; ++step) {
        const float angle = -2 * std::numbers::pi_v<float> * static_cast<float>(step) / kSteps;
        arc.push_back({centre.x + kRadius * std::sin(angle), centre.y - kRadius * std::cos(angle)});
    }
    painter.brush().stroke(arc, kWidth, painter.ink(ColorToken::Accent));
}

Note linkNote(const Form& form, Field field) {
    const auto& link = form.dialog.secrets.link;
    if (field != Field::SecretKey) return {};
    if (!link) return {.words = std::string(form.painter.say(Message::SecretKeyHelp))};
    return {.words = link->issuer.empty()
                         ? std::string(form.painter.say(Message::SecretKeyFromLink))
                         : form.painter.say(Message::SecretKeyFromLinkOf, {{"issuer", link->issuer}}),
            .kind = Note::Kind::Good};
}

float drawSecret(const Form& form, Point at, float width, const Secret& secret) {
    Painter& painter = form.painter;
    const app::Control control = {secret.control, 0}, reveal = {secret.reveal, 0};
    const FieldBox field =
        beginField(form, secret.field, control, {at.x, at.y, width},
                   {.label = {.mark = LabelMark::Required}, .otherwise = linkNote(form, secret.field)});
    const bool shown = secret.visibility == app::Visibility::Shown;
    const bool isKey = secret.field == Field::SecretKey;
    Rectangle rest = field.box;
    const Rectangle eye = takeRight(rest, painter.target(36));
    InputOptions options = inputOptions(form, field);
    if (shown) options.flags |= kRevealed;
    if (isKey && !form.dialog.secrets.code.digits.empty())
        options.describedBy.insert(options.describedBy.end(), {idOf(Part::Code, 0), idOf(Part::Code, 8)});
    options.insetRight = eye.width;
    input(painter, control, field.box, field.name, options);
    ButtonOptions look = {.look = Look::Link, .availability = form.availability};
    if (shown) look.flags = kChecked;
    const Ink ink = iconButton(painter, reveal, eye, painter.say(shown ? secret.hide : secret.show), look);
    const Point sign = {right(eye) - 18.5f, middle(eye)};
    if (shown)
        icon::eyeClosed(painter.brush(), sign, ink);
    else
        icon::eye(painter.brush(), sign, ink);
    return endField(form, field);
}

}  // namespace

float drawBusinessCard(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    const app::Control control = {app::ControlKind::Business, 0};
    const std::uint32_t helpId = idOf(Part::Help, static_cast<std::uint32_t>(Field::BusinessAccount));
    const bool on = form.business();
    const float textWidth = width - 15 - 15 - 40 - 16;
    const std::string_view help = painter.say(on                               ? Message::BusinessHelpOn
                                              : app::keepsSecrets(form.dialog) ? Message::BusinessKept
                                                                               : Message::BusinessHelp),
                           name = painter.say(Message::BusinessLabel);
    const Rectangle card = {at.x, at.y, width,
                            13 + painter.type().height(TextFace::BodyStrong, name, textWidth) + 2 +
                                painter.type().height(TextFace::Help, help, textWidth) + 13};
    painter.brush().frame(card, kCardRadius, painter.ink(ColorToken::Line));
    Column column(painter, {card.x + 15, card.y + 13, textWidth, 0});
    column.text(labelId(Field::BusinessAccount), name, {.face = TextFace::BodyStrong}, Role::Label,
                idOf(control));
    column.skip(2);
    column.text(helpId, help, {.face = TextFace::Help, .color = ColorToken::Muted});
    const Rectangle track = {right(card) - 15 - 40, middle(card) - 11, 40, 22};
    const Rectangle target = painter.roomy() ? grown(track, 11) : grown(track, 3);
    const Note said = noteFor(form, Field::BusinessAccount, {});
    Item& item = painter.item(Role::Switch, idOf(control), target, name);
    item.flags = (on ? kChecked : 0u) | (form.availability != Availability::Enabled ? kDisabled : 0u);
    item.labelledBy = labelId(Field::BusinessAccount);
    item.formName = ruleOf(Field::BusinessAccount).key;
    item.describedBy = describedBy(Field::BusinessAccount, said);
    item.describedBy.push_back(helpId);
    const float before = painter.opacity();
    if (form.availability == Availability::Disabled) painter.setOpacity(before * 0.5f);
    paintSwitch(painter, control, track, on);
    painter.setOpacity(before);
    return card.height + note(form, Field::BusinessAccount, card, said);
}

float drawPasswordField(const Form& form, Point at, float width) {
    return drawSecret(form, at, width,
                      {Field::Password, app::ControlKind::Password, app::ControlKind::RevealPassword,
                       Message::ShowPassword, Message::HidePassword, form.dialog.secrets.password});
}

float drawSecretKeyField(const Form& form, Point at, float width) {
    return drawSecret(form, at, width,
                      {Field::SecretKey, app::ControlKind::SecretKey, app::ControlKind::RevealSecretKey,
                       Message::ShowSecretKey, Message::HideSecretKey, form.dialog.secrets.secretKey});
}

float drawCodeCard(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    const app::OneTimeCode& code = form.dialog.secrets.code;
    constexpr float kLeft = 58, kRight = 15, kTop = 12, kDigits = 24, kSignLeft = 38;
    const float room = width - kLeft - kRight;
    const std::string words = codeWords(painter, code), clock = clockWords(form);
    // As high as the longest that it may say, so that a code which comes moves nothing.
    const float lines =
        std::max(painter.type().height(TextFace::Help, words, room),
                 painter.type().height(TextFace::Help, painter.say(Message::CodeAwaited), room));
    const float top = kTop + kDigits + lines + kTop;
    const float below =
        clock.empty() ? 0 : 9 + painter.type().height(TextFace::Help, clock, width - kSignLeft - kRight) + 9;
    const Rectangle card = {at.x, at.y, width, top + below};
    painter.brush().fill(card, kCardRadius, painter.ink(ColorToken::Sunken));
    if (below > 0)
        painter.brush().fillBottom({card.x, card.y + top, width, below}, kCardRadius,
                                   painter.ink(ColorToken::WarnSoft));
    painter.brush().frame(card, kCardRadius, painter.ink(ColorToken::Line));
    paintRing(painter, {card.x + 30, card.y + top / 2}, code.digits.empty() ? 0 : code.secondsLeft);
    painter.item(Role::Group, idOf(Part::CodeCard), card, painter.say(Message::CodeName));
    const auto scope = painter.inside(idOf(Part::CodeCard), {card.x, card.y});
    const Rectangle place = {card.x + kLeft, card.y + kTop, room, kDigits};
    if (code.digits.empty()) {
        for (const float x : {0.f, 42.f})
            painter.brush().fill({place.x + x, place.y + 7, 34, 10}, 5, painter.ink(ColorToken::Line));
    } else {
        const std::size_t half = std::min<std::size_t>(3, code.digits.size());
        painter.line(idOf(Part::Code, 0), place, code.digits.substr(0, half) + " " + code.digits.substr(half),
                     {.face = TextFace::Mono, .scale = 18.f / 13});
    }
    painter.text(idOf(Part::Code, 8), {place.x, place.y + kDigits, room, lines}, words,
                 {.face = TextFace::Help, .color = ColorToken::Muted});
    if (!clock.empty()) {
        icon::warning(painter.brush(), {card.x + 23, card.y + top + 17}, painter.ink(ColorToken::Warn),
                      painter.ink(ColorToken::WarnSoft));
        painter.text(idOf(Part::CodeClock),
                     {card.x + kSignLeft, card.y + top + 9, width - kSignLeft - kRight, below - 18}, clock,
                     {.face = TextFace::Help, .color = ColorToken::Warn});
    }
    return card.height;
}

}  // namespace smartca::view
