#pragma once

/// \file
/// Described values that cannot always be copied, for tests of what is left behind then.

#include <berth/object/boxed.hpp>
#include <berth/object/dictionary.hpp>
#include <berth/object/list.hpp>
#include <berth/object/scalars.hpp>

#include <catch2/catch_test_macros.hpp>

#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace faults {

using namespace berth;

/// A scalar whose copies are counted, and fail when told to.
struct fragile {
    static inline int alive = 0;
    static inline int copies_left = -1; ///< until one fails; negative: none does

    int number = 0;

    fragile() { ++alive; }
    explicit fragile(int n) : number(n) { ++alive; }
    fragile(fragile const& from) : number(from.number) {
        if (copies_left == 0) throw std::bad_alloc();
        if (copies_left > 0) --copies_left;
        ++alive;
    }
    fragile(fragile&& from) noexcept : number(from.number) { ++alive; }
    auto operator=(fragile const&) -> fragile& = default;
    auto operator=(fragile&&) -> fragile& = default;
    ~fragile() { --alive; }

    friend auto operator==(fragile const& a, fragile const& b) -> bool { return a.number == b.number; }
};

} // namespace faults

template <> struct berth::object::scalar_traits<faults::fragile> {
    static constexpr std::string_view name = "test.Fragile";
    static constexpr std::string_view schema_type = "integer";
    static constexpr std::string_view schema_format = "";

    static auto is_zero(faults::fragile const& f) -> bool { return f.number == 0; }
    static auto write(faults::fragile const& f, std::string& json) -> void {
        json += std::to_string(f.number);
    }
    static auto read(scalar_token const& t) -> result<faults::fragile> {
        return faults::fragile(static_cast<int>(t.integer) + 1);
    }
};

namespace faults {

struct inner {
    std::string text;
    fragile first;
    object::list<fragile> several;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(inner, "test.Inner", (text), (first), (several))
};
struct outer {
    std::string text;
    fragile plain;
    inner record;
    object::boxed<fragile> box;
    object::boxed<inner> boxed_record;
    object::list<inner> list;
    object::dictionary<fragile> map;
    object::dictionary<inner> records;
    std::vector<fragile> vector;
    std::optional<fragile> optional;
    inner inlined;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(outer, "test.Outer", (text), (plain), (record), (box), (boxed_record), (list), (map),
                   (records), (vector), (optional), (inlined, .inlined = true))
};

/// Does something again and again, letting one copy after another fail. Answers how often it failed.
template <class Act> auto let_fail(Act act) -> int {
    for (auto n = 0;; ++n) {
        auto const before = fragile::alive;
        fragile::copies_left = n;
        try {
            act();
            fragile::copies_left = -1;
            return n;
        } catch (std::bad_alloc const&) {
            fragile::copies_left = -1;
            REQUIRE(fragile::alive == before);
        }
    }
}

} // namespace faults
