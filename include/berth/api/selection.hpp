#pragma once

/// \file
/// Which objects of a kind a list or watch is about: label and field selectors, ready to be matched.

#include <berth/api/errors.hpp>
#include <berth/api/kind.hpp>
#include <berth/object/field_selector.hpp>
#include <berth/object/selector.hpp>

#include <string>
#include <string_view>

namespace berth::api {

/// A label selector and a field selector over the objects of one kind.
class selection {
public:
    /// Parses both. Errors: `bad_request` for a malformed selector or a field that the kind does not offer.
    [[nodiscard]] static auto parse(kind const& k, std::string_view labels, std::string_view fields)
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

    [[nodiscard]] auto matches(object::any_object const& o) const -> bool {
        if (!labels_.empty() && !labels_.matches(o.metadata().labels)) return false;
        if (labels_.matches_nothing()) return false;
        if (fields_.empty()) return true;
        return fields_.matches([&](std::string_view label) {
            return kind_->field_value(o.data(), label).value_or(std::string());
        });
    }

    /// Whether everything matches.
    [[nodiscard]] auto all() const -> bool {
        return labels_.empty() && !labels_.matches_nothing() && fields_.empty();
    }
    /// The name or namespace that every match has, so that fewer keys need to be read; empty if there is
    /// none.
    [[nodiscard]] auto required(std::string_view field) const -> std::string_view {
        return fields_.required_value(field).value_or(std::string_view());
    }

private:
    explicit selection(kind const& k) : kind_(&k) {}

    static auto unknown_field(kind const& k, std::string const& field) -> std::unexpected<error> {
        if (k.own_labels) return bad_request("field label not supported: " + field);
        return bad_request(
            '"' + field + "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    }

    kind const* kind_;
    object::selector labels_;
    object::field_selector fields_;
};

} // namespace berth::api
