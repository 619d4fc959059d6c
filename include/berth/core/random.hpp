#pragma once

/// \file
/// A small seeded generator, passed in wherever a choice is free: nothing in Berth draws from a global one.

#include <berth/core/config.hpp>

#include <cstdint>
#include <string>

namespace berth {

/// xoshiro256** (Blackman and Vigna, 2018), seeded through splitmix64. The same seed gives the same sequence
/// on every platform. Models the standard's uniform random bit generator.
class random_engine {
public:
    using result_type = std::uint64_t;

    explicit constexpr random_engine(std::uint64_t seed) {
        for (auto& word : state_) {
            seed += 0x9e3779b97f4a7c15U;
            auto z = seed;
            z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
            z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
            word = z ^ (z >> 31U);
        }
    }

    static constexpr auto min() -> result_type { return 0; }
    static constexpr auto max() -> result_type { return ~result_type{0}; }

    constexpr auto operator()() -> result_type {
        auto const out = rotate(state_[1] * 5, 7) * 9;
        auto const t = state_[1] << 17U;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= t;
        state_[3] = rotate(state_[3], 45);
        return out;
    }

    /// A number in [0, n); 0 when n is 0. Unbiased (rejection).
    constexpr auto below(std::uint64_t n) -> std::uint64_t {
        if (n < 2) return 0;
        auto const limit = max() - max() % n;
        auto draw = (*this)();
        while (draw >= limit) draw = (*this)();
        return draw % n;
    }

    /// A fraction in [0, 1).
    constexpr auto fraction() -> double { return static_cast<double>((*this)() >> 11U) * 0x1.0p-53; }

    /// `length` letters of the alphabet that Kubernetes uses for generated names: no vowels, no look-alikes.
    auto suffix(std::size_t length) -> std::string;

    /// A random (version 4) UUID in its text form (RFC 9562).
    auto uuid() -> std::string;

private:
    static constexpr auto rotate(std::uint64_t x, unsigned k) -> std::uint64_t {
        return (x << k) | (x >> (64U - k));
    }

    std::uint64_t state_[4]{};
};

} // namespace berth

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/random.ipp>
#endif
