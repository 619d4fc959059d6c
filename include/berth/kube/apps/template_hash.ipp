#pragma once

/// \file
/// The bodies of `berth/kube/apps/template_hash.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/fnv.hpp>
#include <berth/kube/apps/template_hash.hpp>

namespace berth::kube::detail {

BERTH_DECL auto safe_letters(std::uint32_t hash) -> std::string {
    constexpr std::string_view letters = "bcdfghjklmnpqrstvwxz2456789";
    auto out = std::to_string(hash);
    for (auto& c : out) c = letters[static_cast<unsigned char>(c) % letters.size()];
    return out;
}

BERTH_DECL auto template_hash(pod_template_spec const& t, std::int32_t collisions) -> std::string {
    auto text = object::to_json_text(t);
    if (collisions != 0) object::append_json_number(text, collisions);
    return safe_letters(fnv1a_32(text));
}

} // namespace berth::kube::detail
