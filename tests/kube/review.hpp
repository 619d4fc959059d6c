#pragma once

/// \file
/// What reviews answer to somebody who asks.

#include "vocabulary.hpp"

#include <berth/api/kind.hpp>

#include <utility>

namespace test {

/// The answer to ann, at the new year, in a world without objects.
template <object::kind_type T> auto answer(api::kind_of<T> const& k, T const& question) -> result<T> {
    auto const world = api::admission_world{};
    auto const ann = api::identity{.user = "ann"};
    auto said = k.review(question, {world, ann, new_year});
    if (!said) return std::unexpected(std::move(said).error());
    return said->template as<T>();
}

} // namespace test
