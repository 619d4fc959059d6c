#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/detail/embedded.hpp`.

#include <berth/api/check_document.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/detail/embedded.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/detail/json_text.hpp>
#include <berth/object/meta.hpp>
#include <berth/object/parse.hpp>

#include <string>

namespace berth::kube::detail {

/// Walks a document to the objects in it.
class embedded_reader {
public:
    using json = boost::json::value;
    using schema = object::document_schema;

    explicit embedded_reader(object::told_paths& unknown) : unknown_(unknown) {}

    auto read(json& value, schema const& s) -> result<void> {
        if (value.is_array() && s.items != nullptr) {
            auto n = std::size_t{0};
            for (auto& element : value.get_array()) {
                auto const size = path_.size();
                path_ += "[" + std::to_string(n++) + "]";
                auto ok = read(element, *s.items);
                path_.resize(size);
                if (!ok) return ok;
            }
        } else if (value.is_object()) {
            return read(value.get_object(), s, s.embedded);
        }
        return {};
    }

    auto read(boost::json::object& object, schema const& s, bool embedded) -> result<void> {
        for (auto& member : object) {
            auto const name = object::detail::text_view(member.key());
            auto const size = path_.size();
            if (!path_.empty()) path_ += '.';
            path_ += name;
            auto ok = result<void>();
            if (embedded) ok = read_object_member(member.value(), name);
            auto const* const property = s.property(name);
            auto const* const of = property != nullptr ? property : s.additional.get();
            if (ok && of != nullptr) ok = read(member.value(), *of);
            path_.resize(size);
            if (!ok) return ok;
        }
        return {};
    }

private:
    auto wrong(json const& value, std::string_view why) const -> std::unexpected<error> {
        return fail(error_code::bad_request,
                    path_ + ": Invalid value: " + api::shown_document(value) + ": " + std::string(why));
    }

    auto read_object_member(json& value, std::string_view name) -> result<void> {
        if (name == "metadata") return read_metadata(value);
        if ((name == "apiVersion" || name == "kind") && !value.is_string())
            return wrong(value, "must be a string");
        return {};
    }

    auto read_metadata(json& value) -> result<void> {
        auto m = object::meta();
        auto decoder = object::decoder(object::unknown_members::drop);
        if (auto ok = decoder.decode(value, object::type_of<object::meta>(), &m); !ok)
            return wrong(value, ok.error().message);
        for (auto const& path : decoder.unknown_paths()) unknown_.add(path_ + "." + path);
        auto parsed = object::parse_document(object::to_json_text(m));
        if (parsed) value = std::move(parsed->value);
        return {};
    }

    object::told_paths& unknown_;
    std::string path_;
};

BERTH_DECL auto coerce_embedded(boost::json::object& document, object::document_schema const& schema,
                                object::told_paths& unknown) -> result<void> {
    return embedded_reader(unknown).read(document, schema, schema.embedded);
}

} // namespace berth::kube::detail
