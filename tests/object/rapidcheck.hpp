#pragma once

/// \file
/// RapidCheck's generators of described values: `rc::gen::arbitrary<kube::pod>()`. A failing value shrinks
/// member by member.

#include <berth/object/arbitrary.hpp>

#include <rapidcheck.h>

#include <cstdint>
#include <utility>
#include <vector>

namespace berth::object::detail {

/// The value without each one of its members that is there.
template <described T> auto shrunk(T const& value) -> rc::Seq<T> {
    auto out = std::vector<T>();
    for (auto const& f : type_of<T>().members) {
        if (f.type().is_zero(f.in(&value))) continue;
        auto less = value;
        f.type().reset(f.in(static_cast<void*>(&less)));
        if (!(less == value)) out.push_back(std::move(less));
    }
    return rc::seq::fromContainer(std::move(out));
}

} // namespace berth::object::detail

template <berth::object::described T> struct rc::Arbitrary<T> {
    static auto arbitrary() -> rc::Gen<T> {
        auto const drawn =
            rc::gen::map(rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>()), [](std::uint64_t seed) {
                auto draw = berth::random_engine(seed);
                return berth::object::arbitrary<T>(draw);
            });
        return rc::gen::shrink(drawn, [](T const& value) { return berth::object::detail::shrunk(value); });
    }
};
