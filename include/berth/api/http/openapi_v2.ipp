#pragma once

/// \file
/// The bodies of `berth/api/http/openapi_v2.hpp`.

#include <berth/api/http/openapi_v2.hpp>
#include <berth/core/config.hpp>

#include <array>
#include <utility>
#include <vector>

namespace berth::api::http {

BERTH_DECL auto openapi_v2_text(registry const& kinds) -> std::string {
    auto out = std::string(R"({"swagger":"2.0","info":{"title":"Kubernetes","version":"v1.36.2"},"paths":{)");
    auto members = std::vector<kind const*>();
    for (auto const& k : kinds.kinds()) members.push_back(&k);
    detail::append_paths(out, members, true, detail::openapi_version::v2);
    out += "},\"definitions\":{";
    auto schemas = detail::schema_writer(out, detail::openapi_version::v2);
    for (auto const& k : kinds.kinds()) schemas.mention(*k.type);
    schemas.write_all();
    return out += "}}";
}

} // namespace berth::api::http

namespace berth::api::http::detail {

BERTH_DECL auto text_of(boost::json::value const& v) -> std::string_view {
    auto const* text = v.if_string();
    return text == nullptr ? std::string_view() : std::string_view(text->data(), text->size());
}

auto write_schema(wire_writer& out, boost::json::object const& schema) -> void;
auto write_extension(wire_writer& out, unsigned number, std::string_view name,
                     boost::json::value const& value) -> void;

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
        write_extension(out, 31, name, value);
    }
}

inline auto write_schema(wire_writer& out, boost::json::object const& schema) -> void {
    for (auto const& member : schema)
        write_schema_member(out, {member.key().data(), member.key().size()}, member.value());
}

/// Vendor extensions: `NamedAny`, each a YAML text.
inline auto write_extension(wire_writer& out, unsigned number, std::string_view name,
                            boost::json::value const& value) -> void {
    out.message(number, [&](wire_writer& extension) {
        extension.text(1, name);
        extension.message(2, [&](wire_writer& any) { any.text(2, boost::json::serialize(value)); });
    });
}

/// `Operation`: what it consumes, its parameters, all of the query, its answer and its extensions.
inline auto write_operation(wire_writer& out, boost::json::object const& operation) -> void {
    if (auto const* const types = operation.if_contains("consumes"))
        for (auto const& type : types->as_array()) out.text(7, text_of(type));
    for (auto const& p : operation.at("parameters").as_array())
        out.message(8, [&](wire_writer& item) {
            item.message(1, [&](wire_writer& parameter) {
                parameter.message(2, [&](wire_writer& not_of_body) {
                    not_of_body.message(3, [&](wire_writer& of_query) {
                        of_query.text(2, text_of(p.at("in")));
                        of_query.text(4, text_of(p.at("name")));
                        of_query.text(6, text_of(p.at("type")));
                    });
                });
            });
        });
    out.message(9, [&](wire_writer& responses) {
        for (auto const& r : operation.at("responses").as_object())
            responses.message(1, [&](wire_writer& named) {
                named.text(1, {r.key().data(), r.key().size()});
                named.message(2, [&](wire_writer& value) {
                    value.message(1, [&](wire_writer& response) {
                        response.text(1, text_of(r.value().at("description")));
                    });
                });
            });
    });
    for (auto const& member : operation)
        if (auto const name = std::string_view(member.key().data(), member.key().size());
            name.starts_with("x-"))
            write_extension(out, 13, name, member.value());
}

/// `Paths`: a `PathItem` for each, whose operations have numbers by their methods.
inline auto write_paths(wire_writer& out, boost::json::object const& paths) -> void {
    constexpr auto numbers = std::array<std::pair<std::string_view, unsigned>, 5>{
        {{"get", 2}, {"put", 3}, {"post", 4}, {"delete", 5}, {"patch", 8}}};
    for (auto const& path : paths)
        out.message(2, [&](wire_writer& named) {
            named.text(1, {path.key().data(), path.key().size()});
            named.message(2, [&](wire_writer& item) {
                auto const& operations = path.value().as_object();
                for (auto const& [method, number] : numbers)
                    if (auto const* const o = operations.if_contains({method.data(), method.size()}))
                        item.message(number, [&](wire_writer& operation) {
                            write_operation(operation, o->as_object());
                        });
            });
        });
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto openapi_v2_protobuf(std::string_view json) -> std::string {
    auto const document = boost::json::parse(boost::json::string_view(json.data(), json.size()));
    auto const& info = document.at("info");
    auto out = std::string();
    auto writer = detail::wire_writer(out);
    writer.text(1, detail::text_of(document.at("swagger")));
    writer.message(2, [&](detail::wire_writer& i) {
        i.text(1, detail::text_of(info.at("title")));
        i.text(2, detail::text_of(info.at("version")));
    });
    writer.message(8,
                   [&](detail::wire_writer& p) { detail::write_paths(p, document.at("paths").as_object()); });
    writer.message(
        9, [&](detail::wire_writer& d) { detail::write_named(d, document.at("definitions").as_object()); });
    return out;
}

} // namespace berth::api::http
