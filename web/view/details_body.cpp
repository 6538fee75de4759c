// What a certificate says of itself: the verdict on its chain, then sections of terms with their values.
#include <algorithm>
#include <limits>

#include "shared/distinguished_name.h"
#include "web/view/button.h"
#include "web/view/certificate_words.h"
#include "web/view/dialogs.h"
#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

constexpr float kLineDistance = 2;    // lines between terms and values
constexpr float kEntryDistance = 10;  // between two entries

struct DetailsEntry {
    std::string term, value;
    TextFace face = TextFace::Body;
    app::ControlKind copy = app::ControlKind::None;
};
struct Section {
    Message heading = Message::None;
    std::vector<DetailsEntry> entries{};
};

Tone toneOf(ChainVerdict verdict) {
    switch (verdict) {
        case ChainVerdict::Verified:
            return Tone::Ok;
        case ChainVerdict::NotConfigured:
        case ChainVerdict::NotKept:
            return Tone::Neutral;
        case ChainVerdict::SignatureWrong:
        case ChainVerdict::Weak:
        case ChainVerdict::RuleBroken:
            return Tone::Error;
        default:
            return Tone::Warn;
    }
}

// Where the certificate comes from, or why there is none; None where that goes without saying.
Message noteOf(CertificateSource source) {
    switch (source) {
        case CertificateSource::Asked:
            return Message::DetailsAsked;
        case CertificateSource::NotKept:
            return Message::DetailsNotKept;
        case CertificateSource::NotReached:
            return Message::DetailsNotReached;
        case CertificateSource::Unreadable:
            return Message::DetailsUnreadable;
        default:
            return Message::None;
    }
}

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
    std::string all;
    for (const std::string& text : texts)
        all.append(all.empty() ? "" : separator).append(text);
    return all;
}

// In groups of four, so that two of them can be compared by eye, and lines break between them.
std::string grouped(std::string_view digits) {
    std::string words;
    for (std::size_t at = 0; at < digits.size(); at += 4)
        words.append(at == 0 ? "" : " ").append(digits.substr(at, 4));
    return words;
}

// Collects the entries of a section; what has no value is left out.
class Sections {
  public:
    explicit Sections(const Painter& painter) : painter_(painter) {}

    void begin(Message heading) { all_.push_back({.heading = heading}); }
    void add(std::string term, std::string value, TextFace face = TextFace::Body,
             app::ControlKind copy = app::ControlKind::None) {
        if (!value.empty()) all_.back().entries.push_back({std::move(term), std::move(value), face, copy});
    }
    void add(Message term, std::string value, TextFace face = TextFace::Body,
             app::ControlKind copy = app::ControlKind::None) {
        add(std::string(painter_.say(term)), std::move(value), face, copy);
    }
    // One part of a distinguished name, under its label or, where it has none, its type.
    void addPart(const std::string& type, const std::string& value) {
        const Message label = labelOfNameType(type);
        add(label == Message::None ? type : std::string(painter_.say(label)), value);
    }
    // What is most particular first: a certificate, and SmartCA's list, mostly begin with the country.
    void addName(Message heading, const CertificateName* name, std::string_view listed) {
        begin(heading);
        std::vector<Argument> parts;
        if (name == nullptr)
            parts = parseDistinguishedName(listed);
        else
            for (const NamePart& part : name->parts)
                parts.push_back({part.type, part.value});
        if (!parts.empty() && parts.front().name == "C") std::reverse(parts.begin(), parts.end());
        for (const Argument& part : parts)
            addPart(part.name, part.value);
    }
    const std::vector<Section>& all() const { return all_; }

  private:
    const Painter& painter_;
    std::vector<Section> all_;
};

std::string usageWords(const Painter& painter, const CertificateContent& content) {
    std::vector<std::string> words;
    words.reserve(content.keyUsage.size());
    for (const KeyUsage usage : content.keyUsage)
        words.emplace_back(painter.say(labelOf(usage)));
    return joined(words, ", ");
}

std::string purposeWords(const Painter& painter, const CertificateContent& content) {
    std::vector<std::string> words;
    words.reserve(content.extendedKeyUsage.size());
    for (const std::string& purpose : content.extendedKeyUsage) {
        const Message label = labelOfPurpose(purpose);
        words.push_back(label == Message::None ? purpose : std::string(painter.say(label)));
    }
    return joined(words, ", ");
}

std::string keyWords(const Painter& painter, const PublicKey& key) {
    std::string algorithm = key.curve.empty() ? key.algorithm : key.algorithm + " " + key.curve;
    if (key.bits == 0) return algorithm;
    return painter.say(Message::DetailsKeySize,
                       {{"algorithm", algorithm}, {"bits", std::to_string(key.bits)}});
}

std::vector<Section> sectionsOf(const Painter& painter, const CertificateDetails& details) {
    const Certificate& certificate = details.certificate;
    const CertificateContent* content = details.content ? &*details.content : nullptr;
    Sections sections(painter);
    sections.begin(Message::DetailsCertificate);
    sections.add(Message::ColumnSerial, certificate.serial, TextFace::Mono,
                 app::ControlKind::DetailsCopySerial);
    sections.add(
        Message::ColumnValidity,
        content ? dateAndTimeInVietnam(content->validFrom) + " – " + dateAndTimeInVietnam(content->validTo)
                : dayText(certificate.validFrom) + " – " + dayText(certificate.validTo));
    sections.add(Message::ColumnIdentity, certificate.identity, TextFace::Mono);
    sections.addName(Message::DetailsSubject, content ? &content->subject : nullptr, certificate.subject);
    sections.addName(Message::DetailsIssuer, content ? &content->issuer : nullptr, certificate.issuer);
    if (content == nullptr) return sections.all();
    sections.begin(Message::DetailsKey);
    sections.add(Message::DetailsPublicKey, keyWords(painter, content->publicKey));
    sections.add(Message::DetailsSignatureAlgorithm, content->signatureAlgorithm);
    sections.add(Message::DetailsKeyUsage, usageWords(painter, *content));
    sections.add(Message::DetailsPurposes, purposeWords(painter, *content));
    sections.add(Message::DetailsFingerprint, grouped(content->fingerprint), TextFace::Mono,
                 app::ControlKind::DetailsCopyFingerprint);
    sections.begin(Message::DetailsAddresses);
    sections.add(Message::DetailsOcsp, joined(content->ocsp, "\n"));
    sections.add(Message::DetailsCaIssuers, joined(content->caIssuers, "\n"));
    sections.add(Message::DetailsCrl, joined(content->crl, "\n"));
    return sections.all();
}

// The verdict in words, with a sign; the way up to the trusted root; and what was not looked at.
float drawChain(Painter& painter, const CertificateChain& chain, const Rectangle& box) {
    constexpr float kLeft = 48, kTop = 14;
    const Tone tone = toneOf(chain.verdict);
    const float width = box.width - kLeft - 16;
    const std::string verdict = sentenceOf(chain, painter.locale());
    const std::string path = chain.path.size() > 1 ? joined(chain.path, " › ") : std::string();
    const std::string_view revocation = painter.say(Message::ChainRevocation);
    const Typesetter& type = painter.type();
    const Rectangle card = {box.x, box.y, box.width,
                            kTop + type.height(TextFace::BodyStrong, verdict, width) + kLineDistance +
                                type.height(TextFace::Help, path, width) +
                                type.height(TextFace::Help, revocation, width) + kTop};
    painter.brush().fill(card, kCardRadius, painter.ink(softColorOf(tone)));
    if (tone == Tone::Neutral) painter.brush().frame(card, kCardRadius, painter.ink(ColorToken::Line));
    toneSign(painter, tone, {card.x + 24, card.y + kTop + 10});
    painter.item(Role::Group, idOf(Part::DetailsChain), card, painter.say(Message::DetailsChain));
    const auto scope = painter.inside(idOf(Part::DetailsChain), {card.x, card.y});
    Column column(painter, {card.x + kLeft, card.y + kTop, width, 0});
    column.text(
        idOf(Part::DetailsChainText, 0), verdict,
        {.face = TextFace::BodyStrong, .color = tone == Tone::Neutral ? ColorToken::Text : colorOf(tone)});
    column.skip(kLineDistance);
    if (!path.empty()) column.text(idOf(Part::DetailsChainText, 1), path, {.face = TextFace::Help});
    column.text(idOf(Part::DetailsChainText, 2), revocation, {.face = TextFace::Help});
    return card.height;
}

// The place of the verdict while it is awaited.
float drawAwaited(Painter& painter, const Rectangle& box) {
    constexpr float kHeight = 82;
    painter.brush().fill({box.x, box.y, box.width, kHeight}, kCardRadius, painter.ink(ColorToken::Sunken));
    return kHeight;
}

// What is said of the source. Returns the height with the distance below it.
float drawNote(Painter& painter, CertificateSource source, const Rectangle& box) {
    const Message note = noteOf(source);
    if (note == Message::None) return 0;
    return painter.text(idOf(Part::DetailsNote), box, painter.say(note), {.color = ColorToken::Muted}) + 16;
}

// The button that puts a value on the clipboard; a tick once it has.
void drawCopy(Painter& painter, const app::DetailsState& details, app::ControlKind kind,
              const Rectangle& box) {
    const bool serial = kind == app::ControlKind::DetailsCopySerial;
    const Ink ink = iconButton(painter, {kind, 0}, box,
                               painter.say(serial ? Message::CopySerial : Message::CopyFingerprint),
                               {.look = Look::Link});
    const Point centre = {box.x + box.width / 2, middle(box)};
    if (details.copied == kind)
        icon::check(painter.brush(), centre, 12, painter.ink(ColorToken::Ok), 1.8f);
    else
        icon::copy(painter.brush(), centre, ink, painter.ink(ColorToken::Surface));
}

// A fingerprint stands in two equal lines where one does not hold it.
float roomFor(const Painter& painter, const DetailsEntry& entry) {
    constexpr std::size_t kHalf = 8 * 5 - 1;  // groups of four digits, with blanks between them
    if (entry.copy != app::ControlKind::DetailsCopyFingerprint || entry.value.size() <= kHalf)
        return std::numeric_limits<float>::max();
    return painter.type().width(entry.face, std::string_view(entry.value).substr(0, kHalf)) + 1;
}

// A term with its value beside it, or below it where it is narrow. Returns the height.
float drawEntry(Painter& painter, const app::State& state, const DetailsEntry& entry, std::uint32_t index,
                const Rectangle& box) {
    const bool narrow = painter.narrow(), copies = entry.copy != app::ControlKind::None;
    const float side = painter.target(32);
    const float termWidth = narrow ? box.width : std::min(176.f, box.width * 0.32f);
    const float line = metricsOf(entry.face).line;
    const TextStyle muted = {.face = narrow ? TextFace::Help : TextFace::LabelPlain,
                             .color = ColorToken::Muted};
    const float term =
        painter.text(idOf(Part::DetailsTerm, index), {box.x, box.y + (narrow ? 0.f : 1.f), termWidth, 18},
                     entry.term, muted, Role::Term);
    Rectangle value = {box.x, box.y + term, box.width, 0};
    if (!narrow) value = {box.x + termWidth + 16, box.y, box.width - termWidth - 16, 0};
    const float room = std::min(value.width - (copies ? side + 4 : 0), roomFor(painter, entry));
    const std::size_t item = painter.itemCount();
    painter.item(Role::Definition, idOf(Part::DetailsValue, index), value);
    const auto scope = painter.inside(idOf(Part::DetailsValue, index), {value.x, value.y});
    value.height = painter.text(idOf(Part::DetailsText, index), {value.x, value.y, room, line}, entry.value,
                                {.face = entry.face});
    if (copies) {
        const float top = value.y + value.height / 2 - side / 2;
        const float used = std::min(room, painter.type().width(entry.face, entry.value));
        drawCopy(painter, *state.details, entry.copy, {value.x + used + 4, top, side, side});
        if (state.details->notCopied == entry.copy)
            value.height += painter.text(
                idOf(Part::DetailsCopyFailed), {value.x, bottom(value), value.width, 16},
                painter.say(Message::CopyFailed), {.face = TextFace::Help, .color = ColorToken::Error});
    }
    painter.itemAt(item).rectangle.height = snapped(value.height, painter.viewport().density);
    return std::max(narrow ? term + value.height : value.height, narrow ? 0.f : term + 1);
}

}  // namespace

float drawDetailsBody(Painter& painter, const app::State& state, const Rectangle& box) {
    const CertificateDetails& details = state.details->details.value;
    Column column(painter, box);
    column.skip(drawStatusCard(painter, *state.details, column.rest()) + 12);
    if (state.details->answered) {
        column.skip(drawChain(painter, details.chain, column.rest()) + 16);
        column.skip(drawNote(painter, details.source, column.rest()));
    } else if (state.details->details.phase == app::Phase::Loading) {
        column.skip(drawAwaited(painter, column.rest()) + 16);
    }
    std::uint32_t section = 0, index = 0;
    for (const Section& each : sectionsOf(painter, details)) {
        if (each.entries.empty()) continue;
        if (section > 0) {
            painter.brush().horizontal(box.x, column.y(), box.width, painter.ink(ColorToken::Line));
            column.skip(17);
        }
        column.text(idOf(Part::DetailsHeading, section), painter.say(each.heading), {.face = TextFace::Label},
                    Role::Heading3);
        column.skip(kEntryDistance);
        const std::size_t list = painter.itemCount();
        const float top = column.y();
        painter.item(Role::Definitions, idOf(Part::DetailsList, section), {box.x, top, box.width, 0});
        {
            const auto scope = painter.inside(idOf(Part::DetailsList, section), {box.x, top});
            for (const DetailsEntry& entry : each.entries)
                column.skip(drawEntry(painter, state, entry, index++, column.rest()) + kEntryDistance);
        }
        painter.itemAt(list).rectangle.height = snapped(column.y() - top, painter.viewport().density);
        column.skip(16 - kEntryDistance);
        ++section;
    }
    return column.y();
}

}  // namespace smartca::view
