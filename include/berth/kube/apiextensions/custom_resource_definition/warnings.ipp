#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/warnings.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/json_schema.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/schema_of.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/spec.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/warnings.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/text_format.hpp>

#include <set>

namespace berth::kube::detail {

/// What is to be warned of in the schemas of a definition: one that all versions share is looked at once.
struct doubtful_schemas {
    std::vector<std::string> formats;
    bool rules = false;
};

inline auto doubts_about(custom_resource_definition_spec const& s) -> doubtful_schemas {
    auto out = doubtful_schemas{};
    auto const shared = shared_by(s).schema;
    for (auto const& v : s.versions) {
        auto const parsed = schema_of(v);
        if (!parsed) continue;
        (void)json_schema(parsed->get_object()).any([&](json_schema const& one) {
            auto const format = one.text("format");
            if (!format.empty() && !object::is_known_format(format)) out.formats.emplace_back(format);
            out.rules = out.rules || one.has("x-kubernetes-validations");
            return false;
        });
        if (shared) break;
    }
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto warnings_of(custom_resource_definition const& now, custom_resource_definition const* before)
    -> std::vector<std::string> {
    auto const found = detail::doubts_about(now.spec);
    auto const old = before == nullptr ? detail::doubtful_schemas{} : detail::doubts_about(before->spec);
    auto const known = std::set<std::string>(old.formats.begin(), old.formats.end());
    auto out = std::vector<std::string>();
    for (auto const& format : found.formats)
        if (!known.contains(format))
            out.push_back("unrecognized format " + object::detail::go_quoted(format));
    if (found.rules && !old.rules)
        out.emplace_back("x-kubernetes-validations: the rules are kept, but not enforced yet");
    return out;
}

} // namespace berth::kube
