#pragma once

/// \file
/// An element of keyed lists in tests of applying: two keys, one of which has a default.

#include <berth/object/reflect.hpp>

#include <cstdint>
#include <string>

namespace test {

struct mast {
    std::string name;
    std::string wood;
    std::int32_t height = 0;
    berth::object::unknown_fields unknown;
    BERTH_DESCRIBE(mast, "test.Mast", (name, .always = true), (wood, .fallback = "\"oak\""), (height))
};

} // namespace test
