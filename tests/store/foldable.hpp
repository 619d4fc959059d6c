#pragma once

/// \file
/// Texts of which a store keeps less once they are superseded, and which notice when they are put together
/// wrongly.

#include <berth/store/difference.hpp>
#include <berth/store/memory.hpp>

#include <algorithm>
#include <atomic>
#include <compare>
#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace berth::tests {

/// A text. The difference to a newer one is what comes after their common beginning.
struct foldable {
    std::string text{};

    foldable() = default;
    explicit foldable(std::string t) : text(std::move(t)) {}
    foldable(foldable const& other) : text(other.text) {
        if (no_copies && text == "never") throw std::bad_alloc();
    }
    foldable(foldable&&) = default;
    auto operator=(foldable const&) -> foldable& = default;
    auto operator=(foldable&&) -> foldable& = default;
    ~foldable() = default;

    friend auto operator==(foldable const&, foldable const&) -> bool = default;
    friend auto operator<=>(foldable const&, foldable const&) = default;

    /// How many differences there are.
    static inline std::atomic<int> kept = 0;
    /// How many texts were made anew.
    static inline std::atomic<int> made = 0;
    /// Whether there is no memory for differences.
    static inline std::atomic<bool> out_of_memory = false;
    /// Whether the text `never` cannot be copied.
    static inline std::atomic<bool> no_copies = false;

    struct rest {
        std::size_t common;
        std::string text;
        std::string newer;

        rest(std::size_t n, std::string t, std::string other)
            : common(n), text(std::move(t)), newer(std::move(other)) {
            ++kept;
        }
        rest(rest const&) = delete;
        auto operator=(rest const&) -> rest& = delete;
        ~rest() { --kept; }
    };
    using difference = std::unique_ptr<rest const>;

    /// Nothing if the text begins with `!`.
    [[nodiscard]] auto difference_to(foldable const& newer) const -> difference {
        if (out_of_memory) throw std::bad_alloc();
        if (text.starts_with('!')) return {};
        auto const n = static_cast<std::size_t>(
            std::mismatch(text.begin(), text.end(), newer.text.begin(), newer.text.end()).first -
            text.begin());
        return std::make_unique<rest const>(n, text.substr(n), newer.text);
    }
    [[nodiscard]] static auto restored(foldable const& newest, std::span<difference const* const> older)
        -> foldable {
        ++made;
        auto out = newest;
        for (auto const* const d : older) {
            auto const& r = **d;
            out.text = out.text == r.newer ? out.text.substr(0, r.common) + r.text : "put together wrongly";
        }
        return out;
    }
};

static_assert(store::differing<foldable>);
static_assert(!store::differing<std::string>);

/// Makes stores of such texts, which put everything aside that is superseded.
struct foldable_maker {
    [[nodiscard]] auto make() const -> store::memory<foldable> {
        return store::memory<foldable>{{.whole_changes = 0}};
    }
    [[nodiscard]] auto value(std::string_view text) const -> foldable {
        return foldable(text.empty() ? std::string() : "a text: " + std::string(text));
    }
};

} // namespace berth::tests
