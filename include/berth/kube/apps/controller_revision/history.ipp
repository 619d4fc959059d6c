#pragma once

/// \file
/// The bodies of `berth/kube/apps/controller_revision/history.hpp`.

#include <berth/core/assert.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apps/controller_revision/history.hpp>
#include <berth/kube/apps/template_hash.hpp>
#include <berth/kube/core/pod/defaults.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/detail/sorted_json.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/parse.hpp>
#include <berth/object/strategic_patch.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <limits>
#include <tuple>

namespace berth::kube::detail {

/// The template in a patch, or null.
inline auto patch_of_template(boost::json::value const& patch) -> boost::json::value const* {
    auto const* const spec = object::detail::member_of(patch, "spec");
    return spec == nullptr ? nullptr : object::detail::member_of(*spec, "template");
}

inline auto with_defaults(pod_template_spec t) -> pod_template_spec {
    object::apply_defaults(t);
    complete(t.spec);
    return t;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto template_patch(pod_template_spec const& t) -> std::string {
    auto parsed = object::parse_document(object::to_json_text(t));
    BERTH_ASSERT(parsed.has_value(), "what is written as JSON can be read");
    parsed->value.as_object()["$patch"] = "replace";
    auto out = std::string(R"({"spec":{"template":)");
    object::detail::append_sorted(out, parsed->value);
    return out += "}}";
}

BERTH_DECL auto revision_hash(std::string_view patch, std::int32_t collisions) -> std::string {
    auto hash = std::uint32_t{2166136261U};
    auto const add = [&](std::string_view text) {
        for (auto const c : text) hash = (hash * 16777619U) ^ static_cast<unsigned char>(c);
    };
    add(patch);
    add(std::to_string(collisions));
    return detail::safe_letters(hash);
}

BERTH_DECL auto revision_name(std::string_view owner, std::string_view hash) -> std::string {
    constexpr auto longest_prefix = std::size_t{223};
    return std::string(owner.substr(0, longest_prefix)) + "-" + std::string(hash);
}

BERTH_DECL auto restored_template(pod_template_spec const& now, controller_revision const& r)
    -> result<pod_template_spec> {
    auto patch = object::parse_document(r.data.text.empty() ? "null" : r.data.text);
    if (!patch) return std::unexpected(std::move(patch).error());
    auto const* const change = detail::patch_of_template(patch->value);
    if (change == nullptr) return fail(error_code::bad_request, "there is no template in this revision");
    auto before = object::parse_document(object::to_json_text(now));
    if (!before) return std::unexpected(std::move(before).error());
    auto const& type = object::type_of<pod_template_spec>();
    auto after = object::apply_strategic_patch(std::move(before->value), *change, type);
    if (!after) return std::unexpected(std::move(after).error());
    auto out = pod_template_spec();
    auto d = object::decoder(object::unknown_members::keep);
    if (auto ok = d.decode(*after, type, &out); !ok) return std::unexpected(std::move(ok).error());
    return out;
}

BERTH_DECL auto is_revision_of(controller_revision const& r, std::string_view patch,
                               pod_template_spec const& t) -> bool {
    if (r.data.text == patch) return true;
    auto const restored = restored_template(t, r);
    return restored && detail::with_defaults(*restored) == detail::with_defaults(t);
}

BERTH_DECL auto sort_revisions(seen_revisions& revisions) -> void {
    auto const order = [](controller_revision const& r) {
        return std::tie(r.revision, r.metadata.creation_timestamp, r.metadata.name);
    };
    std::sort(revisions.begin(), revisions.end(),
              [&](auto const& a, auto const& b) { return order(*a) < order(*b); });
}

BERTH_DECL auto next_revision_number(seen_revisions const& sorted) -> std::int64_t {
    constexpr auto highest = std::numeric_limits<std::int64_t>::max();
    if (sorted.empty()) return 1;
    return sorted.back()->revision == highest ? highest : sorted.back()->revision + 1;
}

} // namespace berth::kube
