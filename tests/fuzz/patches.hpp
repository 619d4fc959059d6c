#pragma once

/// \file
/// All kinds of patches on any documents: what the fuzzer runs, and a plain test over the kept corpus.

#include "must.hpp"

#include <berth/object/dictionary.hpp>
#include <berth/object/json_diff.hpp>
#include <berth/object/json_patch.hpp>
#include <berth/object/merge_patch.hpp>
#include <berth/object/parse.hpp>
#include <berth/object/reflect.hpp>
#include <berth/object/strategic_patch.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace berth::fuzz {

/// A type with every way of merging, and itself in it.
struct ship {
    std::string n;
    std::vector<ship> l;        ///< merged by `n`
    std::vector<std::string> s; ///< merged
    std::vector<ship> a;        ///< replaced
    object::dictionary<std::string> m;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(ship, "test.Ship", (n),
                   (l, .merge_key = "n", .patch = object::patch_strategy::merge_retain_keys),
                   (s, .patch = object::patch_strategy::merge), (a), (m))
};

/// Whether objects in a value have null members, which a merge patch cannot express.
inline auto has_null_members(boost::json::value const& value) -> bool {
    if (auto const* const array = value.if_array())
        return std::any_of(array->begin(), array->end(), has_null_members);
    auto const* const object = value.if_object();
    return object != nullptr && std::any_of(object->begin(), object->end(), [](auto const& member) {
               return member.value().is_null() || has_null_members(member.value());
           });
}

/// What comes of a patch is not much more than document and patch, and not nested deeper.
inline auto must_be_bounded(result<boost::json::value> const& outcome, object::detail::value_extent most)
    -> void {
    if (!outcome) return must(!outcome.error().message.empty());
    auto const extent = object::detail::extent_of(*outcome);
    must(extent.values <= most.values && extent.text <= most.text && extent.height <= most.height);
    auto const again = object::parse_document(boost::json::serialize(*outcome));
    must(again && again->value.kind() == outcome->kind());
}

/// The first line is the document, the rest the patch.
inline auto apply_patches(std::string_view input) -> void {
    auto const line = input.find('\n');
    auto const document = object::parse_document(input.substr(0, line));
    if (!document || line == std::string_view::npos) return;
    auto const patch = object::parse_document(input.substr(line + 1));
    if (!patch) return;
    auto const a = object::detail::extent_of(document->value);
    auto const b = object::detail::extent_of(patch->value);
    constexpr auto copied = std::size_t{10'000};
    must_be_bounded(
        object::apply_json_patch(document->value, patch->value, {.copied_bytes = copied, .work = 100'000}),
        {a.values + b.values + copied, object::json_depth_limit, a.text + b.text + copied});
    auto const most =
        object::detail::value_extent{a.values + b.values, std::max(a.height, b.height), a.text + b.text};
    must_be_bounded(object::apply_merge_patch(document->value, patch->value), most);
    must_be_bounded(object::apply_strategic_patch(document->value, patch->value, object::type_of<ship>()),
                    most);
    if (!document->value.is_object() || !patch->value.is_object() || has_null_members(patch->value)) return;
    auto const& from = document->value.get_object();
    auto const& to = patch->value.get_object();
    must(*object::apply_merge_patch(from, object::merge_patch_between(from, to)) == to);
}

} // namespace berth::fuzz
