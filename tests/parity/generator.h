// Inputs for the parity check: plausible and hostile values of every kind, from a seed. No std::
// distributions, whose results differ between standard libraries, and nothing that depends on the size of a
// pointer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/draft.h"
#include "shared/validation.h"

namespace smartca {

// SplitMix64 (Steele, Lea, Flood 2014).
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        return mixed ^ (mixed >> 31U);
    }
    std::uint32_t below(std::uint32_t bound) {
        return static_cast<std::uint32_t>((next() >> 32U) * bound >> 32U);
    }
    bool oneIn(std::uint32_t times) { return below(times) == 0; }

    template <std::size_t N>
    std::string_view pick(const std::string_view (&choices)[N]) {
        return choices[below(static_cast<std::uint32_t>(N))];
    }

  private:
    std::uint64_t state_;
};

// One input: a form with what is known beside it, and a text that claims to be JSON.
struct ParityInput {
    Draft draft;
    ValidationContext context;
    std::string json;
    std::string subject;
    std::string instant;
};

// The input of that number; the same everywhere.
ParityInput inputOfNumber(std::uint64_t seed, std::uint64_t number);

}  // namespace smartca
