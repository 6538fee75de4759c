// Result<T, E>: either a value or an error from a closed set, for calls that can fail in expected ways.
//
//   Result<Serial, SerialError> result = parseSerial(text);
//   if (!result) return result.error();
//   use(result.value());
//
// E is an enum class, or a struct around one. Rooms never throw across their borders; they return this.
#pragma once

#include <cassert>
#include <utility>
#include <variant>

namespace smartca {

template <class T, class E>
class [[nodiscard]] Result {
  public:
    Result(T value) : outcome_(std::in_place_index<0>, std::move(value)) {}
    Result(E error) : outcome_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return outcome_.index() == 0; }
    explicit operator bool() const { return ok(); }

    // Precondition: ok().
    const T& value() const& {
        assert(ok());
        return *std::get_if<0>(&outcome_);
    }
    T& value() & {
        assert(ok());
        return *std::get_if<0>(&outcome_);
    }
    T&& value() && {
        assert(ok());
        return std::move(*std::get_if<0>(&outcome_));
    }
    // Precondition: !ok().
    const E& error() const {
        assert(!ok());
        return *std::get_if<1>(&outcome_);
    }

  private:
    std::variant<T, E> outcome_;
};

// The value of a Result whose success carries nothing.
struct Done {};

}  // namespace smartca
