#include "web/view/lookup_row.h"

#include <algorithm>
#include <array>

#include "shared/distinguished_name.h"
#include "shared/serial.h"
#include "shared/text.h"
#include "shared/unaccented.h"
#include "web/app/picks.h"
#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

constexpr float kRowTextLeft = 42, kRowTextLeftRoomy = 47, kRowRight = 12, kRowPad = 10;
// From so wide on the status stands in the middle of the row, and the serial number beside the day.
constexpr float kRowBesideFrom = 440;
constexpr float kNoteSign = 16;

float textLeft(const Form& form) {
    if (form.looksUp()) return 12;  // there is no box before it
    return form.painter.roomy() ? kRowTextLeftRoomy : kRowTextLeft;
}

std::string numbersOf(const RegisteredCertificate& certificate) {
    std::string numbers;
    for (const auto& [type, value] : parseDistinguishedName(certificate.subject))
        if (type == "UID") numbers.append(numbers.empty() ? "" : ", ").append(value);
    return numbers;
}

std::string noteWords(const Painter& painter, const RegisteredCertificate& certificate,
                      CertificateNote note) {
    constexpr std::array kWords = {Message::NoteSerialDiffers,   Message::NoteDatesDiffer,
                                   Message::NoteSubjectDiffers,  Message::NoteTrailingOctets,
                                   Message::NoteSerialIrregular, Message::NoteTextDamaged,
                                   Message::NoteNumberDiffers,   Message::NoteSerialShared};
    static_assert(kWords.size() == static_cast<std::size_t>(CertificateNote::Count));
    return painter.say(kWords[static_cast<std::size_t>(note)], {{"number", numbersOf(certificate)}});
}

std::vector<RowNote> notesOf(const Form& form, std::uint16_t place,
                             const RegisteredCertificate& certificate) {
    const Painter& painter = form.painter;
    std::vector<RowNote> notes;
    const auto warn = [&](std::string words) { notes.push_back({RowNote::Kind::Warning, std::move(words)}); };
    if (app::isListed(form.dialog, place))
        notes.push_back({RowNote::Kind::Done, std::string(painter.say(Message::LookupOnList))});
    if (form.dialog.lookup.isOthers[place])
        warn(painter.say(Message::LookupDiffers, {{"user", form.dialog.user.chosen->name}}));
    if (const auto& holders = certificate.heldBy; !holders.empty())
        warn(painter.say(
            holders.size() == 1 ? Message::LookupOnListOfOne : Message::LookupOnListOfOther,
            {{"user", holders.front()},
             {"count", std::to_string(holders.size() - 1) + (holders.size() < kHoldersTold ? "" : "+")}}));
    if (certificate.status == CertificateStatus::Unknown && !certificate.statusText.empty())
        warn(painter.say(Message::LookupStatusSaid, {{"words", certificate.statusText}}));
    for (const CertificateNote note : certificate.notes)
        warn(noteWords(painter, certificate, note));
    return notes;
}

// Where what is searched for stands in the words, in bytes; {0, 0}: nowhere.
struct Span {
    std::size_t begin = 0, end = 0;
};
Span foundIn(std::string_view words, std::string_view searched) {
    if (searched.empty()) return {};
    for (std::size_t begin = 0; begin < words.size();) {
        std::size_t next = begin;
        nextCodePoint(words, next);
        if (unaccented(words.substr(begin)).starts_with(searched) && words[begin] != ' ') {
            std::size_t end = begin;
            while (end < words.size() &&
                   unaccented(words.substr(begin, end - begin)).size() < searched.size())
                nextCodePoint(words, end);
            // Marks that belong to the last letter.
            for (std::size_t more = end; more < words.size(); end = more) {
                nextCodePoint(words, more);
                if (unaccented(words.substr(begin, more - begin)).size() > searched.size()) break;
            }
            return {begin, end};
        }
        begin = next;
    }
    return {};
}

// What is done with a row's words. Report: each piece is an item of its own, where the row is no control that has
// them for its name.
enum class Pass : std::uint8_t { Measure, Paint, Report };

// Items show their words themselves where they are seen.
bool inscribes(const Form& form) {
    return !form.looksUp() || !form.painter.sketches();
}

void report(Painter& painter, std::uint32_t& id, const Rectangle& box, std::string_view words,
            const TextStyle& style) {
    Item& item = painter.item(Role::Text, id++, box, words);
    item.face = style.face;
    item.color = style.color;
}

// Words of several looks that wrap like a flow. What does not fit behind the words before begins a line of its own,
// without its dot.
class RowFlow {
  public:
    // `id`: of the next piece.
    RowFlow(const Form& form, const Rectangle& box, std::string_view searched, Pass pass, std::uint32_t& id)
        : form_(&form), painter_(&form.painter), box_(box), searched_(searched), pass_(pass), id_(&id) {}

    void add(std::string_view words, const TextStyle& style) {
        if (words.empty()) return;
        const Typesetter& type = painter_->type();
        line_ = type.lineHeight(style.face);
        constexpr std::string_view kDot = "· ";
        if (x_ > 0) {
            x_ += type.width(style.face, " ");
            if (x_ + type.width(style.face, words) > box_.width) {
                x_ = 0;
                y_ += line_;
                if (words.starts_with(kDot)) words.remove_prefix(kDot.size());
            }
        }
        const Span mark = pass_ == Pass::Paint ? foundIn(words, searched_) : Span{};
        bool begins = true;
        for (const std::string_view piece : type.lines(style.face, words, box_.width, x_)) {
            if (!begins) {
                x_ = 0;
                y_ += line_;
            }
            begins = false;
            if (pass_ != Pass::Measure && !piece.empty())
                set(piece, static_cast<std::size_t>(piece.data() - words.data()), mark, style);
            x_ += type.width(style.face, piece);
        }
    }
    float height() const { return y_ + line_; }

  private:
    void set(std::string_view piece, std::size_t offset, Span mark, const TextStyle& style) {
        const Typesetter& type = painter_->type();
        const std::size_t begin = std::clamp(mark.begin, offset, offset + piece.size()) - offset,
                          end = std::clamp(mark.end, offset, offset + piece.size()) - offset;
        const float x = box_.x + x_, y = box_.y + y_;
        const Rectangle room = {x, y, type.width(style.face, piece) + 1, line_};
        if (pass_ == Pass::Report) return report(*painter_, *id_, room, piece, style);
        if (begin < end) {
            const float from = type.width(style.face, piece.substr(0, begin)),
                        to = type.width(style.face, piece.substr(0, end));
            painter_->brush().fill({x + from, y + 1, to - from, line_ - 2}, 3,
                                   painter_->ink(ColorToken::Accent, 0.2f));
        }
        if (inscribes(*form_)) painter_->inscribe(room, piece, style);
    }

    const Form* form_;
    Painter* painter_;
    Rectangle box_;
    std::string_view searched_;
    Pass pass_;
    std::uint32_t* id_;
    float x_ = 0, y_ = 0, line_ = 0;
};

ColorToken colorOf(RowNote::Kind kind) {
    return kind == RowNote::Kind::Warning ? ColorToken::Warn : ColorToken::Muted;
}

void paintNote(const Form& form, const Rectangle& box, const RowNote& note) {
    Painter& painter = form.painter;
    const ColorToken color = colorOf(note.kind);
    const Point sign = {box.x + 6, box.y + 8};
    if (note.kind == RowNote::Kind::Warning)
        icon::warningOutline(painter.brush(), sign, painter.ink(color));
    else
        icon::check(painter.brush(), sign, 8, painter.ink(color), 1.2f);
    if (inscribes(form))
        painter.inscribeLines({box.x + kNoteSign, box.y, box.width - kNoteSign, box.height}, note.words,
                              {.face = TextFace::Help, .color = color});
}

const StatusWords& statusOf(const LookupRow& row) {
    return row.adding ? *row.adding : row.status;
}

// Where the status stands in a row.
Rectangle pillOf(const Painter& painter, const LookupRow& row, const Rectangle& box) {
    const float width = pillWidth(painter, statusOf(row).words);
    const float y = box.width >= kRowBesideFrom ? middle(box) : box.y + 22;
    return {right(box) - kRowRight - width, y - kPillHeight / 2, width, kPillHeight};
}

void paintRowStatus(const Form& form, const Rectangle& box, const LookupRow& row) {
    Painter& painter = form.painter;
    const StatusWords& status = statusOf(row);
    const ColorToken color = row.adding ? ColorToken::Accent : colorOf(status.tone);
    painter.brush().fill(box, kPillHeight / 2,
                         painter.ink(row.adding ? ColorToken::Surface : softColorOf(status.tone)));
    painter.brush().disc({box.x + 13, middle(box)}, 3, painter.ink(color));
    if (inscribes(form))
        painter.inscribe({box.x + 22, box.y, box.width - 22, box.height}, status.words,
                         {.face = TextFace::HelpStrong, .color = color});
}

// All of a row's words, from the top of its box; returns where they end.
float setWords(const Form& form, const LookupRow& row, const Rectangle& box, std::string_view searched,
               Pass pass) {
    Painter& painter = form.painter;
    std::uint32_t id = idOf(Part::LookupWords, row.place * 32u);
    const bool beside = box.width >= kRowBesideFrom;
    const float left = box.x + textLeft(form), room = box.width - textLeft(form) - kRowRight;
    const float narrowed = room - pillWidth(painter, row.status.words) - 12;
    const TextStyle strong = {.face = TextFace::BodyStrong}, plain = {.face = TextFace::Body},
                    help = {.face = TextFace::Help, .color = ColorToken::Muted},
                    mono = {.face = TextFace::MonoSmall, .color = ColorToken::Muted};
    const auto dotted = [](const std::string& words) { return words.empty() ? words : "· " + words; };
    float y = box.y + (beside ? kRowPad : 12);
    const auto flow = [&](float width, auto fill) {
        RowFlow words(form, {left, y, width, 0}, searched, pass, id);
        fill(words);
        y += words.height();
    };
    const std::string service = dotted(row.service), until = dotted(row.until);
    if (beside) {
        flow(narrowed, [&](RowFlow& words) {
            words.add(row.name, strong);
            words.add(service, plain);
        });
        flow(narrowed, [&](RowFlow& words) {
            words.add(row.serial, mono);
            words.add(until, mono);
        });
    } else {
        flow(narrowed, [&](RowFlow& words) { words.add(row.name, strong); });
        if (!row.service.empty() || !row.until.empty())
            flow(room, [&](RowFlow& words) {
                words.add(row.service, help);
                words.add(row.service.empty() ? row.until : until, help);
            });
        const bool whole = painter.type().width(mono.face, row.serial) <= room;
        flow(room,
             [&](RowFlow& words) { words.add(whole ? row.serial : shortened(Serial{row.serial}), mono); });
    }
    const float noteWidth = beside ? narrowed : room;
    for (const RowNote& note : row.notes) {
        const float height = painter.type().height(TextFace::Help, note.words, noteWidth - kNoteSign);
        if (pass == Pass::Paint) paintNote(form, {left, y, noteWidth, height}, note);
        if (pass == Pass::Report)
            report(painter, id, {left + kNoteSign, y, noteWidth - kNoteSign, height}, note.words,
                   {.face = TextFace::Help, .color = colorOf(note.kind)});
        y += height;
    }
    if (pass == Pass::Report) {
        const Rectangle pill = pillOf(painter, row, box);
        report(painter, id, {pill.x + 22, pill.y + 3, pill.width - 22, 16}, row.status.words,
               {.face = TextFace::HelpStrong, .color = colorOf(row.status.tone)});
    }
    return y + (beside ? kRowPad : 12);
}

}  // namespace

LookupRow rowOf(const Form& form, std::uint16_t place) {
    const RegisteredCertificate& certificate = (*form.registered())[place];
    const Painter& painter = form.painter;
    LookupRow row;
    row.place = place;
    row.name = certificate.commonName.empty() ? std::string(painter.say(Message::LookupUnnamed))
                                              : certificate.commonName;
    row.service = certificate.serviceName;
    row.serial = certificate.serial;
    if (certificate.validTo != 0)
        row.until = painter.say(Message::LookupUntil, {{"date", dateInVietnam(certificate.validTo)}});
    row.notes = notesOf(form, place, certificate);
    row.status = statusWords(painter, certificate.status, certificate.statusText, certificate.validFrom,
                             certificate.validTo, form.state.now);
    row.mayBeTicked = app::mayBeTicked(form.dialog, place);
    return row;
}

float heightOf(const Form& form, const LookupRow& row, float width) {
    return setWords(form, row, {0, 0, width, 0}, {}, Pass::Measure);
}

void reportWords(const Form& form, const LookupRow& row, const Rectangle& box) {
    setWords(form, row, box, {}, Pass::Report);
}

std::string spoken(const LookupRow& row) {
    std::string words = row.name;
    const auto add = [&words](const std::string& more) {
        if (!more.empty()) words.append(" · ").append(more);
    };
    add(row.service);
    add(row.serial);
    add(row.until);
    add(row.adding ? row.adding->words : row.status.words);
    for (const RowNote& note : row.notes)
        add(note.words);
    return words;
}

void paintRow(const Form& form, const LookupRow& row, const Rectangle& box, const RowSettings& settings,
              RowPlace place) {
    Painter& painter = form.painter;
    const app::Control control = {app::ControlKind::Pick, row.place};
    const bool locked = form.availability == Availability::Locked;
    const bool hovered = painter.hovers(control) && row.mayBeTicked && !locked;
    if (row.ticked || row.doubted || hovered) {
        ColorToken token = row.ticked ? ColorToken::AccentSoft : ColorToken::Sunken;
        if (row.doubted) token = ColorToken::WarnSoft;
        place == RowPlace::Last ? painter.brush().fillBottom(box, kCardRadius - 1, painter.ink(token))
                                : painter.brush().fill(box, 0, painter.ink(token));
    }
    const bool beside = box.width >= kRowBesideFrom;
    const Point sign = {box.x + 12 + boxSize(painter) / 2, beside ? middle(box) : box.y + 22};
    BoxLook look = row.ticked ? BoxLook::Ticked : BoxLook::Empty;
    if (!row.mayBeTicked || (locked && !row.ticked)) look = BoxLook::Off;
    if (row.adding)
        paintTurning(painter, sign);
    else if (settings.role == Role::Radio)
        paintRadio(painter, sign, look);
    else if (settings.role == Role::CheckBox)
        paintCheckBox(painter, sign, look);
    setWords(form, row, box, settings.searched, Pass::Paint);
    paintRowStatus(form, pillOf(painter, row, box), row);
    if (painter.focuses(control) && painter.interaction().focusVisible)
        focusRing(painter, inset(box, 4, 4), 8);
}

float drawUnreadable(const Form& form, const UnreadableCertificate& certificate, std::uint32_t index,
                     Point at, float width) {
    Painter& painter = form.painter;
    const std::string_view status = painter.say(Message::LookupUnreadableRow);
    const float pillSpace = pillWidth(painter, status), left = at.x + textLeft(form),
                room = width - textLeft(form) - kRowRight - pillSpace - 12;
    std::string title = certificate.commonName;
    if (!certificate.serviceName.empty())
        title.append(title.empty() ? "" : " · ").append(certificate.serviceName);
    if (title.empty()) title = painter.say(Message::LookupUnnamed);
    Column column(painter, {left, at.y + kRowPad, room, 0});
    column.text(idOf(Part::LookupText, index * 4), title, {.face = TextFace::BodyStrong});
    if (!certificate.serial.empty())
        column.text(idOf(Part::LookupText, index * 4 + 1), certificate.serial,
                    {.face = TextFace::MonoSmall, .color = ColorToken::Muted});
    const float height = column.height() + 2 * kRowPad;
    pill(painter, idOf(Part::LookupText, index * 4 + 2),
         {at.x + width - kRowRight - pillSpace, at.y + height / 2 - kPillHeight / 2},
         {std::string(status), Tone::Warn});
    return height;
}

}  // namespace smartca::view
