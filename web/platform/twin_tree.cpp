#include "web/platform/twin_tree.h"

#include <algorithm>
#include <span>
#include <utility>

namespace smartca::platform {
namespace {

using view::Item;

// Which of the positions form the longest rising run: twins at these keep their place, and only the others
// are moved. Moving an element takes its focus and its scroll offset away, so the fewer the better.
std::vector<std::size_t> longestRisingRun(std::span<const int> positions) {
    std::vector<std::size_t> tails;  // tails[k]: where the best run of length k + 1 ends
    std::vector<std::size_t> previous(positions.size());
    for (std::size_t i = 0; i < positions.size(); ++i) {
        if (positions[i] < 0) continue;
        const auto tail =
            std::lower_bound(tails.begin(), tails.end(), positions[i],
                             [&](std::size_t at, int wanted) { return positions[at] < wanted; });
        previous[i] = tail == tails.begin() ? i : *(tail - 1);
        if (tail == tails.end())
            tails.push_back(i);
        else
            *tail = i;
    }
    std::vector<std::size_t> run;
    if (tails.empty()) return run;
    for (std::size_t i = tails.back();; i = previous[i]) {
        run.push_back(i);
        if (previous[i] == i) return run;
    }
}

// What may come to scroll later is a scroll container from the start: making it one would move all that is in
// it.
std::uint32_t creationFlags(const Item& item) {
    return item.contentHeight > 0 ? item.flags | view::kScrolls : item.flags;
}

std::string idList(const std::vector<std::uint32_t>& ids) {
    std::string list;
    for (const std::uint32_t id : ids) {
        if (!list.empty()) list += ' ';
        list += std::to_string(id);
    }
    return list;
}

// Paper's colours follow the page's, see Program::followAppearance().
std::uint32_t colorNumber(const Item& item) {
    const auto token = static_cast<std::uint32_t>(item.color);
    return item.flags & view::kPaper ? token + static_cast<std::uint32_t>(view::ColorToken::Count) : token;
}

}  // namespace

const std::vector<TwinCommand>& TwinTree::update(const std::vector<Item>& items) {
    commands_.clear();
    // Most frames are of the same items as the one before: comparing them is all that such a frame costs.
    if (!anyTouched_ && items == shown_) return commands_;
    removeChangedRoles(items);

    Twins next;
    place(items, next);
    for (const Item& item : items) {
        const auto before = twins_.find(item.id);
        describe(item, next.at(item.id).children, before == twins_.end() ? nullptr : &before->second);
    }
    removeMissing(next);
    followBlock(items, next);

    twins_ = std::move(next);
    shown_ = items;
    anyTouched_ = false;
    return commands_;
}

void TwinTree::touched(std::uint32_t id) {
    const auto twin = twins_.find(id);
    if (twin != twins_.end()) twin->second.touched = anyTouched_ = true;
    if (!block_) return;
    block_->touched(id);
    anyTouched_ |= block_->anyTouched_;
}

void TwinTree::clear() {
    twins_.clear();
    shown_.clear();
    block_.reset();
    commands_.clear();
}

// An element cannot change its kind: it goes, with all in it, and is created anew.
void TwinTree::removeChangedRoles(const std::vector<Item>& items) {
    for (const Item& item : items) {
        const auto before = twins_.find(item.id);
        if (before == twins_.end() || shown(before->second).role == item.role) continue;
        add(TwinOperation::Remove, item.id);
        forgetSubtree(item.id);
    }
}

void TwinTree::forgetSubtree(std::uint32_t id) {
    // Reading order puts parents first, so one pass sees every descendant.
    std::vector<std::uint32_t> gone{id};
    for (const Item& other : shown_)
        if (other.id != id && twins_.contains(other.id) &&
            std::find(gone.begin(), gone.end(), other.parent) != gone.end())
            gone.push_back(other.id);
    for (const std::uint32_t other : gone)
        twins_.erase(other);
}

// After the holder is there.
void TwinTree::followBlock(const std::vector<Item>& items, const Twins& next) {
    const auto holder = std::ranges::find_if(items, [](const Item& item) { return item.block != nullptr; });
    const std::uint32_t id = holder == items.end() ? 0 : holder->id;
    const auto before = twins_.find(holder_);
    if (before == twins_.end() || !next.contains(holder_)) block_.reset();  // the twins went with it
    const auto follow = [this](const std::vector<Item>& wanted) {
        const auto& commands = block_->update(wanted);
        commands_.insert(commands_.end(), commands.begin(), commands.end());
    };
    if (block_ && id != holder_) {
        follow({});
        block_.reset();
    }
    holder_ = id;
    if (id == 0) return;
    if (block_ && shown(before->second).block == holder->block && !block_->anyTouched_) return;
    if (!block_) block_ = std::make_unique<TwinTree>();
    for (const Item& item : items)
        if (item.parent == id) block_->elder_ = item.id;
    follow(*holder->block);
}

// Creates what is new and moves what lies elsewhere, in reading order: each after its elder sibling.
void TwinTree::place(const std::vector<Item>& items, Twins& next) {
    std::map<std::uint32_t, std::vector<std::uint32_t>> families;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Item& item = items[i];
        Twin& twin = next[item.id];
        twin.position = i;
        std::vector<std::uint32_t>& siblings = families[item.parent];
        twin.after = siblings.empty() ? elder_ : siblings.back();
        siblings.push_back(item.id);
        if (item.block) twin.children = static_cast<std::uint32_t>(item.block->size());
        if (const auto parent = next.find(item.parent); parent != next.end()) ++parent->second.children;
    }

    for (const auto& [parent, siblings] : families) {
        std::vector<int> positions;
        for (const std::uint32_t id : siblings) {
            const auto before = twins_.find(id);
            const bool sameParent = before != twins_.end() && shown(before->second).parent == parent;
            positions.push_back(sameParent ? static_cast<int>(before->second.position) : -1);
        }
        for (const std::size_t i : longestRisingRun(positions))
            next.at(siblings[i]).stays = true;
    }

    for (const Item& item : items) {
        const Twin& twin = next.at(item.id);
        if (twin.stays) continue;
        const bool exists = twins_.contains(item.id);
        TwinCommand& command = add(exists ? TwinOperation::Place : TwinOperation::Create, item.id);
        command.number = static_cast<std::uint32_t>(item.role) | creationFlags(item) << 8;
        command.parent = item.parent;
        command.after = twin.after;
    }
}

// Last, since what survives may have moved out of what goes. One command takes a whole subtree away.
void TwinTree::removeMissing(const Twins& next) {
    for (const Item& item : shown_) {
        if (!twins_.contains(item.id) || next.contains(item.id)) continue;
        const bool parentGoesToo = twins_.contains(item.parent) && !next.contains(item.parent);
        if (!parentGoesToo) add(TwinOperation::Remove, item.id);
    }
}

// States each property that differs from before; of a new twin, each that is not what an element starts with.
void TwinTree::describe(const Item& item, std::uint32_t children, const Twin* before) {
    static const Item kBlank;
    const bool isNew = before == nullptr;
    const Item& old = isNew ? kBlank : shown(*before);
    const bool touched = !isNew && before->touched;
    const auto number = [&](TwinOperation operation, std::uint32_t value, std::uint32_t former) {
        if (value != former) add(operation, item.id).number = value;
    };
    const auto text = [&](TwinOperation operation, std::string_view value, std::string_view former) {
        if (value != former) add(operation, item.id).text = value;
    };

    if (isNew || item.rectangle != old.rectangle) add(TwinOperation::Rectangle, item.id).box = item.rectangle;
    if (item.name != old.name || (!item.name.empty() && !isNew && children != before->children)) {
        TwinCommand& command = add(TwinOperation::Name, item.id);
        command.number = children;
        command.text = item.name;
    }
    if (isNew || item.face != old.face || item.scale != old.scale) {
        const view::FaceMetrics& face = view::metricsOf(item.face);
        TwinCommand& command = add(TwinOperation::Face, item.id);
        command.number = static_cast<std::uint32_t>(item.face);
        command.box = {face.size * item.scale, face.line * item.scale, static_cast<float>(face.weight),
                       face.monospace ? 1.0f : 0.0f};
    }
    if (isNew || item.color != old.color) add(TwinOperation::Color, item.id).number = colorNumber(item);
    if (item.insetLeft != old.insetLeft || item.insetRight != old.insetRight)
        add(TwinOperation::Insets, item.id).box = {item.insetLeft, item.insetRight, 0, 0};
    text(TwinOperation::FormName, item.formName, old.formName);
    text(TwinOperation::Autocomplete, item.autocomplete, old.autocomplete);
    text(TwinOperation::InputMode, item.inputMode, old.inputMode);
    text(TwinOperation::Accept, item.accept, old.accept);
    number(TwinOperation::MaximumLength, item.maximumLength, old.maximumLength);
    if (item.contentHeight != old.contentHeight)
        add(TwinOperation::ContentHeight, item.id).box.x = item.contentHeight;
    number(TwinOperation::Target, item.target, old.target);
    number(TwinOperation::LabelledBy, item.labelledBy, old.labelledBy);
    if (item.describedBy != old.describedBy)
        add(TwinOperation::DescribedBy, item.id).text = idList(item.describedBy);
    text(TwinOperation::Placeholder, item.placeholder, old.placeholder);
    if (touched || item.flags != old.flags) add(TwinOperation::Flags, item.id).number = item.flags;
    if (touched || item.value != old.value) add(TwinOperation::Value, item.id).text = item.value;
    number(TwinOperation::Active, item.active, old.active);
}

TwinCommand& TwinTree::add(TwinOperation operation, std::uint32_t id) {
    TwinCommand& command = commands_.emplace_back();
    command.operation = operation;
    command.id = id;
    return command;
}

}  // namespace smartca::platform
