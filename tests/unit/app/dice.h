// splitmix64 (Steele, Lea, Flood 2014): the standard's distributions differ from library to library.
#pragma once

#include <cstdint>

namespace smartca::app {

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15);
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
    int below(int sides) { return static_cast<int>(next() % static_cast<std::uint64_t>(sides)); }

  private:
    std::uint64_t state_;
};

}  // namespace smartca::app
