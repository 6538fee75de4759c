// What the page is told when a frame differs from the one before.
#include "web/platform/twin_tree.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <string>

using namespace smartca::platform;
using smartca::view::Item;
using smartca::view::Role;
using Items = std::vector<Item>;
using Operation = TwinOperation;

namespace {

Item item(std::uint32_t id, Role role, std::uint32_t parent = 0) {
    Item made;
    made.id = id;
    made.role = role;
    made.parent = parent;
    made.rectangle = {1, 2, 3, 4};
    return made;
}

// The commands of one operation, as "id", or as "id<parent>after" where they say where.
std::string only(const std::vector<TwinCommand>& commands, Operation operation) {
    std::string list;
    for (const TwinCommand& command : commands) {
        if (command.operation != operation) continue;
        if (!list.empty()) list += ' ';
        list += std::to_string(command.id);
        if (operation == Operation::Create || operation == Operation::Place)
            list += '<' + std::to_string(command.parent) + '>' + std::to_string(command.after);
    }
    return list;
}

TwinCommand first(const std::vector<TwinCommand>& commands, Operation operation) {
    const auto found = std::find_if(commands.begin(), commands.end(), [&](const TwinCommand& command) {
        return command.operation == operation;
    });
    REQUIRE(found != commands.end());
    return *found;
}

// A page that does what it is told: the children of each twin, in order.
class Page {
  public:
    void apply(const std::vector<TwinCommand>& commands) {
        for (const TwinCommand& command : commands) {
            if (command.operation == Operation::Create) REQUIRE_FALSE(parents_.contains(command.id));
            if (command.operation == Operation::Place) REQUIRE(parents_.contains(command.id));
            if (command.operation == Operation::Create || command.operation == Operation::Place)
                put(command.id, command.parent, command.after);
            if (command.operation == Operation::Remove) remove(command.id);
        }
    }
    std::uint32_t parentOf(std::uint32_t id) const { return parents_.at(id); }
    std::vector<std::uint32_t> readingOrder(std::uint32_t parent = 0) const {
        std::vector<std::uint32_t> order;
        const auto found = children_.find(parent);
        if (found == children_.end()) return order;
        for (const std::uint32_t child : found->second) {
            order.push_back(child);
            for (const std::uint32_t inside : readingOrder(child))
                order.push_back(inside);
        }
        return order;
    }

  private:
    void put(std::uint32_t id, std::uint32_t parent, std::uint32_t after) {
        if (parents_.contains(id)) std::erase(children_[parents_[id]], id);
        std::vector<std::uint32_t>& siblings = children_[parent];
        auto at = siblings.begin();
        if (after != 0) {
            at = std::find(siblings.begin(), siblings.end(), after);
            REQUIRE(at != siblings.end());
            ++at;
        }
        siblings.insert(at, id);
        parents_[id] = parent;
    }
    void remove(std::uint32_t id) {
        REQUIRE(parents_.contains(id));
        const std::vector<std::uint32_t> inside = children_[id];
        for (const std::uint32_t child : inside)
            remove(child);
        children_.erase(id);
        std::erase(children_[parents_[id]], id);
        parents_.erase(id);
    }

    std::map<std::uint32_t, std::vector<std::uint32_t>> children_;
    std::map<std::uint32_t, std::uint32_t> parents_;
};

}  // namespace

TEST_CASE("a first frame creates each twin after its elder sibling, parents before children") {
    TwinTree tree;
    const auto& commands = tree.update(
        {item(1, Role::Dialog), item(2, Role::Label, 1), item(3, Role::TextField, 1), item(4, Role::Status)});
    CHECK(only(commands, Operation::Create) == "1<0>0 2<1>0 3<1>2 4<0>1");
    CHECK(only(commands, Operation::Rectangle) == "1 2 3 4");
}

TEST_CASE("an unchanged frame commands nothing") {
    TwinTree tree;
    const Items items{item(1, Role::Dialog), item(2, Role::TextField, 1)};
    tree.update(items);
    CHECK(tree.update(items).empty());
}

TEST_CASE("one changed property is one command") {
    TwinTree tree;
    Items items{item(1, Role::Dialog), item(2, Role::TextField, 1)};
    tree.update(items);
    items[1].value = "Nguyễn Văn A";
    const auto& commands = tree.update(items);
    REQUIRE(commands.size() == 1);
    CHECK(commands[0].operation == Operation::Value);
    CHECK(commands[0].id == 2);
    CHECK(commands[0].text == "Nguyễn Văn A");
}

TEST_CASE("each property that an item has reaches the page") {
    TwinTree tree;
    Item field = item(2, Role::ComboBox);
    tree.update({field});
    field.flags = smartca::view::kExpanded;
    field.rectangle = {5, 6, 7, 8};
    field.name = "User";
    field.value = "v";
    field.placeholder = "p";
    field.target = 9;
    field.active = 10;
    field.describedBy = {11, 12};
    field.labelledBy = 13;
    field.face = smartca::view::TextFace::Touch;
    field.color = smartca::view::ColorToken::Muted;
    field.insetLeft = 12;
    field.formName = "user";
    field.autocomplete = "off";
    field.inputMode = "numeric";
    field.accept = "image/png";
    field.maximumLength = 40;
    field.contentHeight = 100;
    const auto& commands = tree.update({field});
    CHECK(commands.size() == 18);
    CHECK(first(commands, Operation::DescribedBy).text == "11 12");
    CHECK(first(commands, Operation::Active).number == 10);
    CHECK(first(commands, Operation::Face).box == smartca::view::Rectangle{16, 22, 400, 0});
    CHECK(first(commands, Operation::ContentHeight).box.x == 100);
}

TEST_CASE("a scroll container is one from its creation on") {
    TwinTree tree;
    Item body = item(1, Role::Region);
    body.flags = smartca::view::kScrolls;
    const std::uint32_t created = first(tree.update({body}), Operation::Create).number;
    CHECK((created & 0xff) == static_cast<std::uint32_t>(Role::Region));
    CHECK((created >> 8) == smartca::view::kScrolls);
}

TEST_CASE("what has a content height is created as a scroll container, whether it scrolls yet or not") {
    TwinTree tree;
    Item body = item(1, Role::Region);
    body.contentHeight = 100;
    CHECK((first(tree.update({body}), Operation::Create).number >> 8) == smartca::view::kScrolls);
}

TEST_CASE("a twin in the middle is created in its place, and nobody else is moved") {
    TwinTree tree;
    tree.update({item(1, Role::Button), item(3, Role::Button)});
    const auto& commands = tree.update({item(1, Role::Button), item(2, Role::Button), item(3, Role::Button)});
    CHECK(only(commands, Operation::Create) == "2<0>1");
    CHECK(only(commands, Operation::Place).empty());
}

TEST_CASE("of a changed order only the twins out of line are moved") {
    TwinTree tree;
    tree.update({item(1, Role::Button), item(2, Role::Button), item(3, Role::Button), item(4, Role::Button)});
    const auto& commands = tree.update(
        {item(4, Role::Button), item(1, Role::Button), item(2, Role::Button), item(3, Role::Button)});
    CHECK(only(commands, Operation::Place) == "4<0>0");
}

TEST_CASE("a removed subtree is one command") {
    TwinTree tree;
    tree.update(
        {item(1, Role::Dialog), item(2, Role::Form, 1), item(3, Role::TextField, 2), item(4, Role::Button)});
    const auto& commands = tree.update({item(4, Role::Button)});
    CHECK(only(commands, Operation::Remove) == "1");
    CHECK(commands.size() == 1);
}

TEST_CASE("a twin that moves out of a removed one survives it") {
    TwinTree tree;
    tree.update({item(1, Role::Group), item(2, Role::TextField, 1), item(3, Role::Main)});
    const auto& commands = tree.update({item(3, Role::Main), item(2, Role::TextField, 3)});
    REQUIRE(commands.size() == 2);
    CHECK(only(commands, Operation::Place) == "2<3>0");
    CHECK(commands[1].operation == Operation::Remove);
    CHECK(commands[1].id == 1);
}

TEST_CASE("a twin whose role changes is removed first and created anew with all in it") {
    TwinTree tree;
    tree.update({item(1, Role::Group), item(2, Role::TextField, 1)});
    const auto& commands = tree.update({item(1, Role::Form), item(2, Role::TextField, 1)});
    CHECK(commands[0].operation == Operation::Remove);
    CHECK(only(commands, Operation::Remove) == "1");
    CHECK(only(commands, Operation::Create) == "1<0>0 2<1>0");
}

TEST_CASE("a value that the program refuses is stated again after the person changed it") {
    TwinTree tree;
    Items items{item(1, Role::TextField)};
    items[0].value = "12";
    tree.update(items);
    tree.touched(1);
    const auto& commands = tree.update(items);
    CHECK(only(commands, Operation::Value) == "1");
    CHECK(only(commands, Operation::Flags) == "1");
    CHECK(tree.update(items).empty());
}

TEST_CASE("words become a label when children arrive") {
    TwinTree tree;
    Items items{item(1, Role::Option)};
    items[0].name = "Nguyễn Văn A";
    tree.update(items);
    items.push_back(item(2, Role::Text, 1));
    CHECK(first(tree.update(items), Operation::Name).number == 1);
}

namespace {

Items holding(const smartca::view::ItemBlock& block) {
    Items items{item(1, Role::Group), item(2, Role::Layer, 1), item(9, Role::Button)};
    items[0].block = block;
    return items;
}

}  // namespace

TEST_CASE("the twins of a block are created in their holder, behind its other children") {
    TwinTree tree;
    const auto rows = std::make_shared<Items>(Items{item(3, Role::CheckBox, 1), item(4, Role::CheckBox, 1)});
    CHECK(only(tree.update(holding(rows)), Operation::Create) == "1<0>0 2<1>0 9<0>1 3<1>2 4<1>3");
}

TEST_CASE("a block that is the same is not looked at, whatever else has changed") {
    TwinTree tree;
    const auto rows = std::make_shared<Items>(Items{item(3, Role::CheckBox, 1)});
    tree.update(holding(rows));
    rows->front().name = "never done: it would be seen";
    Items items = holding(rows);
    items[2].name = "Create";
    const auto& commands = tree.update(items);
    REQUIRE(commands.size() == 1);
    CHECK(commands[0].id == 9);
}

TEST_CASE("of another block only what differs is commanded") {
    TwinTree tree;
    Items rows{item(3, Role::CheckBox, 1), item(4, Role::CheckBox, 1)};
    tree.update(holding(std::make_shared<Items>(rows)));
    rows[1].flags = smartca::view::kChecked;
    const auto& commands = tree.update(holding(std::make_shared<Items>(rows)));
    REQUIRE(commands.size() == 1);
    CHECK(commands[0].operation == Operation::Flags);
    CHECK(commands[0].id == 4);
}

TEST_CASE("a value in a block is stated again after the person changed it") {
    TwinTree tree;
    const Items items = holding(std::make_shared<Items>(Items{item(3, Role::CheckBox, 1)}));
    tree.update(items);
    tree.touched(3);
    CHECK(only(tree.update(items), Operation::Flags) == "3");
    CHECK(tree.update(items).empty());
}

TEST_CASE("a block goes with its holder, and is created anew with one of another role") {
    TwinTree tree;
    Items items = holding(std::make_shared<Items>(Items{item(3, Role::CheckBox, 1)}));
    tree.update(items);
    items[0].role = Role::RadioGroup;
    const auto& commands = tree.update(items);
    CHECK(only(commands, Operation::Remove) == "1");
    CHECK(only(commands, Operation::Create) == "1<0>0 2<1>0 3<1>2");
    CHECK(only(tree.update({item(9, Role::Button)}), Operation::Remove) == "1");
    CHECK(only(tree.update(items), Operation::Create) == "1<0>0 2<1>0 3<1>2");
}

TEST_CASE("after any change the page reads as the items do") {
    std::mt19937 random(20261122);
    const auto below = [&](std::size_t limit) { return static_cast<std::uint32_t>(random() % limit); };
    TwinTree tree;
    Page page;
    for (int round = 0; round < 500; ++round) {
        std::vector<std::uint32_t> ids(16);
        for (std::uint32_t i = 0; i < ids.size(); ++i)
            ids[i] = i + 1;
        std::shuffle(ids.begin(), ids.end(), random);
        ids.resize(below(16));
        // A tree written down depth first: the reading order.
        Items items;
        std::vector<std::uint32_t> path{0};
        for (const std::uint32_t id : ids) {
            path.resize(1 + below(path.size()));
            items.push_back(item(id, below(8) == 0 ? Role::Group : Role::Layer, path.back()));
            path.push_back(id);
        }
        if (!items.empty() && below(2) == 0) {
            auto block = std::make_shared<Items>();
            for (std::uint32_t id = 100 + below(8); id < 108; ++id) {
                block->push_back(item(id, Role::CheckBox, items.back().id));
                ids.push_back(id);
            }
            items.back().block = block;
        }
        page.apply(tree.update(items));
        CHECK(page.readingOrder() == ids);
        for (const Item& one : items)
            CHECK(page.parentOf(one.id) == one.parent);
        CHECK(tree.update(items).empty());
    }
}
