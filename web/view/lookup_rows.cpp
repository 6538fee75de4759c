#include "web/view/lookup_rows.h"

#include <algorithm>

#include "web/app/picks.h"

namespace smartca::view {

LookupRows::Room LookupRows::roomOf(const Form& form, float width) {
    const app::DialogState& dialog = form.dialog;
    const Painter& painter = form.painter;
    const Instant now = form.state.now;
    return {.user = dialog.user.chosen ? dialog.user.chosen->name : std::string(),
            .isListed = dialog.lookup.listOf != 0 && dialog.lookup.listOf == dialog.draft.userId,
            .day = daysUntil(0, now),
            .ended = std::ranges::count_if(*form.registered(),
                                           [now](const RegisteredCertificate& each) {
                                               return statusAt(now, 0, each.validTo) ==
                                                      CertificateStatus::Expired;
                                           }),
            .locale = painter.locale(),
            .width = width,
            .density = painter.viewport().density,
            .roomy = painter.roomy()};
}

void LookupRows::measure(const Form& form, float width) {
    Room room = roomOf(form, width);
    const app::LookupState& lookup = form.dialog.lookup;
    if (room == room_ && answer_ == lookup.registered && isOthers_ == lookup.isOthers) return;
    answer_ = lookup.registered;
    isOthers_ = lookup.isOthers;
    room_ = std::move(room);
    items_.reset();
    rows_.clear();
    for (std::size_t i = 0; i < isOthers_.size(); ++i) {
        LookupRow& row = rows_.emplace_back(rowOf(form, static_cast<std::uint16_t>(i)));
        row.height = heightOf(form, row, width);
    }
}

void LookupRows::mark(const Form& form) {
    enum Mark : std::uint8_t { kTicked = 1, kDoubted = 2 };
    std::vector<unsigned char> marks(rows_.size());
    for (const std::uint16_t place : app::ticked(form.dialog))
        marks[place] |= kTicked;
    if (form.dialog.doubt == app::Doubt::Asked)
        for (const std::uint16_t place : app::doubtsOf(form.dialog).places)
            marks[place] |= kDoubted;
    for (LookupRow& row : rows_) {
        const bool ticked = marks[row.place] & kTicked, adding = ticked && form.dialog.isSending();
        row.doubted = marks[row.place] & kDoubted;
        if (row.ticked == ticked && row.adding.has_value() == adding) continue;
        row.ticked = ticked;
        row.adding.reset();
        if (adding)
            row.adding = StatusWords{std::string(form.painter.say(Message::LookupBeingAdded)), Tone::Neutral};
        items_.reset();
    }
}

void LookupRows::follow(const Form& form, float width) {
    measure(form, width);
    mark(form);
}

float LookupRows::height(const std::vector<std::uint16_t>& places) const {
    float height = 0;
    for (const std::uint16_t place : places)
        height += rows_[place].height + 1;
    return height;
}

const ItemBlock& LookupRows::report(const Form& form, const Rectangle& box, Role role) {
    const app::LookupState& lookup = form.dialog.lookup;
    Standing standing = {lookup.rows, lookup.stop, form.availability, role, box};
    if (items_ && standing == standing_) return items_;
    standing_ = std::move(standing);
    const std::size_t first = form.painter.itemCount();
    float y = box.y;
    for (const std::uint16_t place : standing_.shown) {
        const LookupRow& row = rows_[place];
        if (role == Role::Text) {
            reportWords(form, row, {box.x, y, box.width, row.height});
            y += row.height + 1;
            continue;
        }
        Item& item = form.painter.item(role, idOf(app::Control{app::ControlKind::Pick, place}),
                                       {box.x, y, box.width, row.height}, spoken(row));
        y += row.height + 1;
        const bool off = form.availability != Availability::Enabled || !row.mayBeTicked;
        item.flags = (row.ticked ? kChecked : 0u) | (off ? kDisabled : 0u);
        if (role == Role::CheckBox && app::isSearched(form.dialog) && place != lookup.stop)
            item.flags |= kPassedBy;
        item.formName = "certificate";
    }
    items_ = form.painter.takeItems(first);
    return items_;
}

}  // namespace smartca::view
