#pragma once

/// \file
/// The schemas of all kinds as one OpenAPI v2 document, in JSON and in the protobuf form that kubectl reads
/// when it checks a `List` before it sends its items (gnostic's `OpenAPIv2.proto`, message `Document`). It
/// has no paths: clients look for those in version 3.

#include <berth/api/detail/wire_writer.hpp>
#include <berth/api/http/openapi.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace berth::api::http {

/// The content type of the protobuf form.
inline constexpr std::string_view openapi_v2_type =
    "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

/// The document as JSON.
[[nodiscard]] inline auto openapi_v2_text(registry const& kinds) -> std::string {
    auto out =
        std::string(R"({"swagger":"2.0","info":{"title":"Kubernetes","version":"v1.36.2"},"paths":{},)");
    out += "\"definitions\":{";
    auto schemas = detail::schema_writer(out, detail::openapi_version::v2);
    for (auto const& k : kinds.kinds()) schemas.mention(*k.type);
    schemas.write_all();
    return out += "}}";
}

namespace detail {

using api::detail::wire_writer;

inline auto text_of(boost::json::value const& v) -> std::string_view {
    auto const* text = v.if_string();
    return text == nullptr ? std::string_view() : std::string_view(text->data(), text->size());
}

auto write_schema(wire_writer& out, boost::json::object const& schema) -> void;

/// `Properties` and `Definitions`: named schemas.
inline auto write_named(wire_writer& out, boost::json::object const& schemas) -> void {
    for (auto const& member : schemas)
        out.message(1, [&](wire_writer& named) {
            named.text(1, {member.key().data(), member.key().size()});
            named.message(2, [&](wire_writer& s) { write_schema(s, member.value().as_object()); });
        });
}

/// A member of a schema; the numbers are those of message `Schema`. Vendor extensions are kept as YAML texts.
inline auto write_schema_member(wire_writer& out, std::string_view name, boost::json::value const& value)
    -> void {
    auto const nested = [&](wire_writer& s) { write_schema(s, value.as_object()); };
    if (name == "$ref") return out.text(1, text_of(value));
    if (name == "format") return out.text(2, text_of(value));
    if (name == "description") return out.text(4, text_of(value));
    if (name == "required") {
        for (auto const& r : value.as_array()) out.text(19, text_of(r));
    } else if (name == "enum") {
        for (auto const& e : value.as_array())
            out.message(20, [&](wire_writer& any) { any.text(2, boost::json::serialize(e)); });
    } else if (name == "additionalProperties") {
        out.message(21, [&](wire_writer& item) { item.message(1, nested); });
    } else if (name == "type") {
        out.message(22, [&](wire_writer& item) { item.text(1, text_of(value)); });
    } else if (name == "items") {
        out.message(23, [&](wire_writer& item) { item.message(1, nested); });
    } else if (name == "properties") {
        out.message(25, [&](wire_writer& p) { write_named(p, value.as_object()); });
    } else if (name.starts_with("x-")) {
        out.message(31, [&](wire_writer& extension) {
            extension.text(1, name);
            extension.message(2, [&](wire_writer& any) { any.text(2, boost::json::serialize(value)); });
        });
    }
}

inline auto write_schema(wire_writer& out, boost::json::object const& schema) -> void {
    for (auto const& member : schema)
        write_schema_member(out, {member.key().data(), member.key().size()}, member.value());
}

} // namespace detail

/// The protobuf form of a document that `openapi_v2_text` wrote.
[[nodiscard]] inline auto openapi_v2_protobuf(std::string_view json) -> std::string {
    auto const document = boost::json::parse(boost::json::string_view(json.data(), json.size()));
    auto const& info = document.at("info");
    auto out = std::string();
    auto writer = detail::wire_writer(out);
    writer.text(1, detail::text_of(document.at("swagger")));
    writer.message(2, [&](detail::wire_writer& i) {
        i.text(1, detail::text_of(info.at("title")));
        i.text(2, detail::text_of(info.at("version")));
    });
    writer.message(8, [](detail::wire_writer&) {});
    writer.message(
        9, [&](detail::wire_writer& d) { detail::write_named(d, document.at("definitions").as_object()); });
    return out;
}

} // namespace berth::api::http
