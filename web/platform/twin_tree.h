// What has to change in the page so that it agrees with a frame's items: the difference between the items
// shown last and the new ones, as the shortest list of commands. An unchanged frame gives none.
//
//   TwinTree tree;
//   for (const TwinCommand& command : tree.update(frame.items)) apply(command);
//
// A block of items that is still the same costs nothing, however many they are: its twins are a tree of their own.
//
// The commands are to be applied in their order. Knows nothing of the browser; twins.js carries the commands
// out. Owned by Program; one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "web/view/frame.h"

namespace smartca::platform {

enum class TwinOperation : std::uint32_t {
    Create,         // number: the role, and the flags from bit 8 on; parent, after: where
    Place,          // parent, after: where; the twin exists already
    Remove,         // with everything in it
    Rectangle,      // box
    Name,           // text; number: how many children, since words of a twin with children become its label
    Value,          // text
    Placeholder,    // text
    Flags,          // number: the ItemFlag bits
    Target,         // number: an id or 0
    Active,         // number: an id or 0
    LabelledBy,     // number: an id or 0
    DescribedBy,    // text: ids, one space between two
    Face,           // number: the face; box: size, line height, weight, 1 for monospace
    Color,          // number: the colour token, or, on paper, the token and Count
    Insets,         // box.x left, box.y right; of words, x: the first line's indent
    FormName,       // text
    Autocomplete,   // text
    InputMode,      // text
    Accept,         // text
    MaximumLength,  // number, 0: none
    ContentHeight,  // box.x, CSS pixels
};

struct TwinCommand {
    TwinOperation operation;
    std::uint32_t id = 0;
    std::uint32_t number = 0;
    std::uint32_t parent = 0;  // id, or 0 for the root
    std::uint32_t after = 0;   // the sibling before it, or 0 to be the first
    view::Rectangle box;
    std::string text;
    bool operator==(const TwinCommand&) const = default;
};

class TwinTree {
  public:
    // Ids must be unique and not 0; a parent stands before its children. At most one item has a block, and
    // what is in it is never anywhere else. The result lives until the next call.
    const std::vector<TwinCommand>& update(const std::vector<view::Item>& items);

    // The person changed this twin's value or check mark. The next update states both again even where the
    // items say what they said before: the program may have refused the change.
    void touched(std::uint32_t id);

    // Forgets everything: the next update creates all twins.
    void clear();

  private:
    struct Twin {
        std::size_t position = 0;  // of its item among `shown_`
        std::uint32_t children = 0;
        std::uint32_t after = 0;
        bool touched = false;
        bool stays = false;  // where the last update had it
    };
    using Twins = std::map<std::uint32_t, Twin>;

    void removeChangedRoles(const std::vector<view::Item>& items);
    void followBlock(const std::vector<view::Item>& items, const Twins& next);
    void forgetSubtree(std::uint32_t id);
    void place(const std::vector<view::Item>& items, Twins& next);
    void removeMissing(const Twins& next);
    void describe(const view::Item& item, std::uint32_t children, const Twin* before);
    TwinCommand& add(TwinOperation operation, std::uint32_t id);
    const view::Item& shown(const Twin& twin) const { return shown_[twin.position]; }

    Twins twins_;
    std::vector<view::Item> shown_;    // the items of the last update, in reading order
    std::uint32_t elder_ = 0;          // of a block: the sibling before its first
    std::uint32_t holder_ = 0;         // the item that has a block
    std::unique_ptr<TwinTree> block_;  // and the twins of that
    bool anyTouched_ = false;
    std::vector<TwinCommand> commands_;
};

}  // namespace smartca::platform
