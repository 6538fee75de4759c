// Paints and reports in one go: what is drawn through a painter is also an item, so that the picture and the
// list of items cannot disagree.
//
// Coordinates are CSS pixels of the current surface. Items are reported relative to their parent, which is
// the innermost `Scope`. Lives for one frame.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "shared/message.h"
#include "web/view/brush.h"
#include "web/view/part.h"
#include "web/view/surfaces.h"
#include "web/view/typesetter.h"

namespace smartca::view {

enum class Align : std::uint8_t { Left, Centre, Right };

// The page follows the theme; paper is white in all of them.
enum class Ground : std::uint8_t { Page, Paper };

struct TextStyle {
    TextFace face = TextFace::Body;
    ColorToken color = ColorToken::Text;
    Align align = Align::Left;
    float indent = 0;  // of the first line
    float scale = 1;
    Ground ground = Ground::Page;
};

// A piece of a line that changes its looks.
struct Run {
    std::uint32_t id = 0;
    std::string text = {};
    TextStyle style = {};
    Role role = Role::Text;
    std::uint32_t target = 0;
    float gap = 3.5f;  // before it, where it does not begin a line
};

class Painter {
  public:
    Painter(Frame& frame, Surfaces& surfaces, const Viewport& viewport, const Interaction& interaction,
            const Resources& resources, Locale locale);

    const Viewport& viewport() const { return *viewport_; }
    const Interaction& interaction() const { return *interaction_; }
    const Resources& resources() const { return *resources_; }
    Locale locale() const { return locale_; }
    const Typesetter& type() const { return type_; }
    // One column, full height.
    bool narrow() const { return viewport_->width < 760; }
    // A phone held sideways: what does not scroll has to be small.
    bool low() const { return viewport_->height < 480; }
    // Dialogs fill the screen.
    bool small() const { return narrow() || low(); }
    // Large targets and large type in fields. (A portal that asks for them has a Pointer::Touch.)
    bool roomy() const { return narrow() || viewport_->pointer == Pointer::Touch; }

    // As high as that, or as fingers need it.
    float target(float height) const;

    bool hovers(app::Control control) const { return interaction_->hovered == control; }
    bool presses(app::Control control) const { return interaction_->pressed == control; }
    bool focuses(app::Control control) const { return interaction_->focused == control; }
    // The twins show their own words.
    bool sketches() const { return viewport_->output == Output::Sketch; }
    // A field does where it has the focus, too.
    bool showsItself(app::Control field) const { return sketches() || focuses(field); }

    std::string_view say(Message message) const { return smartca::text(locale_, message); }
    std::string say(Message message, const Arguments& arguments) const {
        return smartca::format(locale_, message, arguments);
    }
    std::string count(std::int64_t count, Message one, Message other) const;
    // The name of the language that the page can be switched to, in that language.
    std::string_view otherLanguage() const { return ownNameOf(nextLocale(locale_)); }

    // ---- where things go
    class Scope {
      public:
        explicit Scope(Painter& painter) : painter_(&painter) {}
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;
        ~Scope() { painter_->stack_.pop_back(); }

      private:
        Painter* painter_;
    };
    // What follows are children of that item, whose content begins at `origin`.
    [[nodiscard]] Scope inside(std::uint32_t item, Point origin);
    // What follows is painted on the item's own surface, with its own coordinates, and is its child.
    [[nodiscard]] Scope onto(std::uint32_t item, float width, float height);
    void resizeSurface(std::uint32_t item, float width, float height);

    // ---- items
    // The reference is good until the next item.
    Item& item(Role role, std::uint32_t id, const Rectangle& box, std::string_view name = {});
    std::size_t itemCount() const { return frame_->items.size(); }
    Item& itemAt(std::size_t index) { return frame_->items[index]; }
    // Takes the items from `first` on out of the frame.
    ItemBlock takeItems(std::size_t first);
    // Moves the items from `first` up to `last` behind all others: reading order is not always the order of
    // layout.
    void moveBehind(std::size_t first, std::size_t last);

    // ---- words, painted and reported
    // Wraps within the box's width; returns the height used.
    float text(std::uint32_t id, const Rectangle& box, std::string_view words, const TextStyle& style,
               Role role = Role::Text, std::uint32_t target = 0);
    // On one line within the box: shortened in the picture where they do not fit, reported whole. `shown` is
    // painted in their place.
    void line(std::uint32_t id, const Rectangle& box, std::string_view words, const TextStyle& style,
              std::string_view shown = {});
    // Words of several looks that follow one another and wrap together; returns the height used. Each run is
    // an item; where it wraps, one for each line, with the run's id counted up.
    float flow(const Rectangle& box, std::span<const Run> runs);
    // Paints words that an item already reports as its name, value or placeholder: on one line, centred
    // vertically, shortened where they do not fit.
    void inscribe(const Rectangle& box, std::string_view words, const TextStyle& style);
    // The same with line breaks as they come, from the box's top.
    void inscribeLines(const Rectangle& box, std::string_view words, const TextStyle& style);

    // ---- shapes
    Brush& brush() { return stack_.back().brush; }
    Ink ink(ColorToken token, float alpha = 1) const {
        return {resources_->palette[static_cast<std::size_t>(token)], alpha * opacity_};
    }
    Ink paperInk(ColorToken token) const {
        return {paletteOf(app::Theme::Light)[static_cast<std::size_t>(token)], opacity_};
    }
    // Grounds have one colour, as where the system forces its own: lines alone tell things apart.
    bool isFlat() const {
        const Palette& palette = resources_->palette;
        return palette[static_cast<std::size_t>(ColorToken::Surface)] ==
               palette[static_cast<std::size_t>(ColorToken::Background)];
    }
    // For what is disabled.
    void setOpacity(float opacity) { opacity_ = opacity; }
    float opacity() const { return opacity_; }
    void clip(const Rectangle& box);
    void unclip();

  private:
    struct Place {
        std::uint32_t parent;
        Point origin;
        Brush brush;
    };
    void glyphs(Point at, std::string_view words, const TextStyle& style, float width);

    Frame* frame_;
    Surfaces* surfaces_;
    const Viewport* viewport_;
    const Interaction* interaction_;
    const Resources* resources_;
    Locale locale_;
    Typesetter type_;
    std::vector<Place> stack_;
    float opacity_ = 1;
};

}  // namespace smartca::view
