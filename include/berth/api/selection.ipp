#pragma once

/// \file
/// The bodies of `berth/api/selection.hpp`.

#include <berth/api/selection.hpp>
#include <berth/core/config.hpp>

namespace berth::api {

BERTH_DECL auto selection::parse(kind const& k, std::string_view labels, std::string_view fields)
    -> result<selection> {
    auto out = selection(k);
    if (!labels.empty()) {
        auto parsed = object::selector::parse(labels);
        if (!parsed) return bad_request(std::move(parsed).error().message);
        out.labels_ = *std::move(parsed);
    }
    if (!fields.empty()) {
        auto parsed = object::field_selector::parse(fields);
        if (!parsed) return bad_request(std::move(parsed).error().message);
        for (auto const& r : parsed->requirements())
            if (!k.knows_field(r.field)) return unknown_field(k, r.field);
        out.fields_ = *std::move(parsed);
    }
    return out;
}

BERTH_DECL auto selection::matches(object::any_object const& o) const -> bool {
    if (!labels_.empty() && !labels_.matches(o.metadata().labels)) return false;
    if (labels_.matches_nothing()) return false;
    if (fields_.empty()) return true;
    return fields_.matches(
        [&](std::string_view label) { return kind_->field_value(o.data(), label).value_or(std::string()); });
}

BERTH_DECL auto selection::unknown_field(kind const& k, std::string const& field) -> std::unexpected<error> {
    if (k.own_labels) return bad_request("field label not supported: " + field);
    return bad_request('"' + field +
                       "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
}

} // namespace berth::api
