// What the view makes of a state: surfaces to paint and items to operate. Data for the platform; valid until
// the next frame.
//
// Lengths are CSS pixels, already snapped to device pixels. An item's rectangle is relative to its parent's
// content box (which scrolls with it). The order of items is the reading order.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "web/app/control.h"
#include "web/view/theme.h"

struct ImDrawList;

namespace smartca::view {

class Sketch;

struct Rectangle {
    float x = 0, y = 0, width = 0, height = 0;
    bool operator==(const Rectangle&) const = default;
};

enum class Role : std::uint8_t {
    Text,  // a run of words; `name` is the text
    Heading1,
    Heading2,
    Heading3,
    Label,      // <label>; `target` is the item it names
    Image,      // `name` is its alternative text
    TextField,  // <input>
    SearchField,
    PasswordField,
    LinesField,    // <textarea>
    ComboBox,      // <input role=combobox>; `target` its list, `active` the highlighted option
    SelectButton,  // <button role=combobox>: a closed choice with a list
    ListBox,
    Option,
    Button,
    SubmitButton,
    FileButton,  // <button> with a hidden <input type=file> inside; drop target too
    Switch,
    RadioGroup,
    Radio,
    CheckBox,
    Menu,
    MenuItem,
    Table,
    RowGroup,
    Row,
    ColumnHeader,
    Cell,
    RowHeader,    // the cell that names its row
    Definitions,  // terms and what they mean, in pairs
    Term,
    Definition,
    Banner,  // page header landmark
    Main,
    Group,   // a named group
    Dialog,  // modal; the platform makes what lies under it inert
    AlertDialog,
    Form,
    Region,
    Status,  // something that assistive technology reads when it appears, politely
    Layer,   // no meaning of its own, and takes no pointer
};

enum ItemFlag : std::uint32_t {
    kRequired = 1u << 0,
    kInvalid = 1u << 1,
    kChecked = 1u << 2,
    kExpanded = 1u << 3,
    kSelected = 1u << 4,
    kDisabled = 1u << 5,
    kReadOnly = 1u << 6,
    kBusy = 1u << 7,
    kScrolls = 1u << 8,  // vertical scroll container; `contentHeight` says how much
    kModal = 1u << 9,
    kRevealed = 1u << 10,  // a PasswordField shown as plain text
    kPrimary = 1u << 11,   // looks: the main button
    kDanger = 1u << 12,    // looks: a button that destroys
    kQuiet = 1u << 13,     // looks: a button without a frame
    kHasPopup = 1u << 14,
    kPaper = 1u << 15,       // looks: words on the white paper, whose ink is the same in all themes
    kShortened = 1u << 16,   // looks: words on one line, cut where they do not fit
    kPassedBy = 1u << 17,    // no stop of the Tab key
    kForeign = 1u << 18,     // the words are in the language that the page can be switched to
    kSign = 1u << 19,        // looks: a sign stands for the name, which is told when the pointer rests on it
    kDropTarget = 1u << 20,  // a Layer that takes a file which is dragged
    kMixed = 1u << 21,       // a CheckBox that stands for some that are checked and some that are not
    kLocked = 1u << 22,      // looks: a field that nobody here can change
};

struct Item;
// Items that are the same in every frame that has this very block.
using ItemBlock = std::shared_ptr<const std::vector<Item>>;

struct Item {
    std::uint32_t id = 0;  // stable from frame to frame; a control's number, or one above 2^24 for the rest
    std::uint32_t parent = 0;  // id, or 0 for the root
    Role role = Role::Layer;
    std::uint32_t flags = 0;
    Rectangle rectangle;
    std::string name;   // accessible name; for Text, headings and labels the words themselves
    std::string value;  // of fields
    std::string placeholder;
    // Label: the item it names. ComboBox, SelectButton, Button with a menu: the list. Row, Group: the control
    // that a press anywhere in it means.
    std::uint32_t target = 0;
    std::uint32_t active = 0;                // ComboBox, SelectButton: the highlighted option
    std::vector<std::uint32_t> describedBy;  // items whose words describe this one: help, finding
    std::uint32_t labelledBy = 0;
    TextFace face =
        TextFace::Body;  // of the words, for the field's own text and where the twins show themselves
    ColorToken color = ColorToken::Text;
    float scale = 1;  // of the face
    // Of a field's text inside its rectangle; of words, how far in their first line begins.
    float insetLeft = 0, insetRight = 0;
    // Of fields, from the field table:
    std::string_view formName, autocomplete, inputMode, accept;
    std::uint32_t maximumLength = 0;
    float contentHeight = 0;  // with kScrolls
    // Children of it, behind those among the frame's items, and without any of their own. One item at most has
    // some, and they are never anywhere else.
    ItemBlock block{};
    bool operator==(const Item&) const = default;
};

// Something to paint: the picture that lies under an item's children, and scrolls with them.
struct Surface {
    std::uint32_t item = 0;            // the item that holds it
    float width = 0, height = 0;       // CSS pixels, the content's size where it scrolls
    const ImDrawList* list = nullptr;  // device pixels, origin at the content's top left
    const Sketch* sketch = nullptr;    // in its stead, where the twins show themselves
};

struct Frame {
    std::vector<Item> items;  // but for those in blocks
    std::vector<Surface> surfaces;
};

}  // namespace smartca::view
