#pragma once

/// \file
/// The bodies of `berth/object/schema_text.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/schema_text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <charconv>
#include <set>

namespace berth::object::detail {

/// Takes a word off the front.
inline auto next_word(std::string_view& rest) -> std::string_view {
    auto const begin = rest.find_first_not_of(' ');
    if (begin == std::string_view::npos) return rest = {};
    auto const end = rest.find(' ', begin);
    auto const word = rest.substr(begin, end == std::string_view::npos ? end : end - begin);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end);
    return word;
}

/// Reads one text. Use an object of this once.
class schema_text_reader {
public:
    auto read(std::string_view text) -> result<written_schema> {
        for (auto line = std::size_t{1}; !text.empty(); ++line) {
            auto const end = text.find('\n');
            auto const one = text.substr(0, end);
            text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
            if (one.empty() || one.front() == '#') continue;
            if (auto const ok = read_line(one); !ok)
                return fail(error_code::bad_request,
                            "line " + std::to_string(line) + " of the schema: " + ok.error().message);
        }
        if (auto const ok = finish_type(); !ok) return std::unexpected(ok.error());
        auto components = boost::json::object();
        components["schemas"] = std::move(schemas_);
        out_.document["components"] = std::move(components);
        return std::move(out_);
    }

private:
    using object = boost::json::object;

    static auto wrong(std::string what) -> std::unexpected<error> {
        return fail(error_code::bad_request, std::move(what));
    }

    auto read_line(std::string_view rest) -> result<void> {
        auto const word = next_word(rest);
        if (word == "@group") return read_group(rest);
        if (word == "@kind") return read_kind(rest);
        if (word == "@column") return read_column(rest);
        if (word == "@type") return begin_type(std::string(next_word(rest)));
        return read_member(word, rest);
    }

    auto read_group(std::string_view rest) -> result<void> {
        if (auto const ok = finish_type(); !ok) return ok;
        prefix_ = next_word(rest);
        auto const version = next_word(rest);
        auto const slash = version.find('/');
        group_ = slash == std::string_view::npos ? std::string_view() : version.substr(0, slash);
        version_ = slash == std::string_view::npos ? version : version.substr(slash + 1);
        if (prefix_.empty() || version_.empty()) return wrong("a group has a prefix and a version");
        return {};
    }

    auto read_kind(std::string_view rest) -> result<void> {
        auto& k = out_.kinds.emplace_back();
        k.kind = next_word(rest);
        k.plural = next_word(rest);
        auto const scope = next_word(rest);
        if (k.plural.empty() || (scope != "cluster" && scope != "namespaced"))
            return wrong("a kind has a name, a plural, and is of the cluster or namespaced");
        k.namespaced = scope == "namespaced";
        k.group = group_;
        k.version = version_;
        for (auto const c : k.kind) k.singular += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        k.schema = prefix_ + "." + k.kind;
        for (auto option = next_word(rest); !option.empty(); option = next_word(rest)) {
            auto const equal = option.find('=');
            k.options[std::string(option.substr(0, equal))] =
                equal == std::string_view::npos ? std::string_view() : option.substr(equal + 1);
        }
        if (auto const ok = begin_type(k.kind); !ok) return ok;
        properties_["metadata"] = wrapped(reference("meta.ObjectMeta"));
        is_kind_ = true;
        return {};
    }

    auto read_column(std::string_view rest) -> result<void> {
        if (out_.kinds.empty()) return wrong("a column belongs to a kind");
        auto& c = out_.kinds.back().columns.emplace_back();
        for (auto word = next_word(rest); !word.empty(); word = next_word(rest)) {
            if (word == "wide") c.wide = true;
            else if (word.front() == '.') c.path = word;
            else (c.name += c.name.empty() ? "" : " ") += word;
        }
        if (c.name.empty() || c.path.empty()) return wrong("a column has a name and a path");
        return {};
    }

    auto begin_type(std::string name) -> result<void> {
        if (auto const ok = finish_type(); !ok) return ok;
        type_ = prefix_ + "." + std::move(name);
        return {};
    }

    auto finish_type() -> result<void> {
        if (type_.empty()) return {};
        auto const kind = std::exchange(is_kind_, false);
        auto const numbers = std::exchange(numbers_, {});
        if (!numbers.empty()) {
            if (numbers.size() + (kind ? 1 : 0) != properties_.size())
                return wrong("all members of " + type_ + " have numbers that differ, or none has one");
            if (kind) properties_["metadata"].get_object()["x-protobuf-number"] = 1;
        }
        auto schema = object();
        schema["type"] = "object";
        schema["properties"] = std::exchange(properties_, {});
        if (!required_.empty()) schema["required"] = std::exchange(required_, {});
        schemas_[std::exchange(type_, {})] = std::move(schema);
        return {};
    }

    auto read_member(std::string_view name, std::string_view rest) -> result<void> {
        if (type_.empty()) return wrong("a member belongs to a type");
        auto const required = name.back() == '!';
        if (required) name.remove_suffix(1);
        auto type = next_word(rest);
        auto const pointer = type.starts_with('*');
        if (pointer) type.remove_prefix(1);
        auto made = schema_of(type);
        if (!made) return std::unexpected(made.error());
        if (pointer) (*made)["x-protobuf-presence"] = true;
        if (auto const ok = read_options(*made, rest); !ok) return ok;
        properties_[name] = *std::move(made);
        if (required) required_.push_back(boost::json::string_view(name.data(), name.size()));
        return {};
    }

    auto reference(std::string_view name) const -> object {
        constexpr std::pair<std::string_view, std::string_view> others[] = {
            {"core.", "io.k8s.api.core.v1."}, {"meta.", "io.k8s.apimachinery.pkg.apis.meta.v1."}};
        auto full = name.find('.') == std::string_view::npos ? prefix_ + "." : std::string();
        for (auto const& [start, whole] : others)
            if (name.substr(0, start.size()) == start) {
                full = whole;
                name.remove_prefix(start.size());
            }
        auto out = object();
        out["$ref"] = "#/components/schemas/" + full.append(name);
        return out;
    }

    /// A reference beside which other words stand.
    static auto wrapped(object ref) -> object {
        auto out = object();
        out["allOf"] = boost::json::array{std::move(ref)};
        return out;
    }

    auto schema_of(std::string_view type) const -> result<object> {
        struct plain {
            std::string_view word, type, format;
        };
        constexpr plain plains[] = {{"string", "string", ""},     {"int", "integer", "int32"},
                                    {"long", "integer", "int64"}, {"bool", "boolean", ""},
                                    {"number", "number", ""},     {"bytes", "string", "byte"}};
        constexpr std::pair<std::string_view, std::string_view> scalars[] = {
            {"time", "meta.Time"},
            {"microtime", "meta.MicroTime"},
            {"quantity", "io.k8s.apimachinery.pkg.api.resource.Quantity"},
            {"intstr", "io.k8s.apimachinery.pkg.util.intstr.IntOrString"}};
        auto out = object();
        if (type.empty()) return wrong("a member has a type");
        for (auto const& p : plains)
            if (p.word == type) {
                out["type"] = p.type;
                if (!p.format.empty()) out["format"] = p.format;
                return out;
            }
        for (auto const& [word, name] : scalars)
            if (word == type) return wrapped(reference(name));
        if (type == "any") {
            out["x-kubernetes-preserve-unknown-fields"] = true;
            return out;
        }
        auto const list = type.front() == '[';
        if (!list && type.front() != '{') return wrapped(reference(type));
        if (type.size() < 3 || type.back() != (list ? ']' : '}')) return wrong("a bracket is not closed");
        auto inside = schema_of(type.substr(1, type.size() - 2));
        if (!inside) return inside;
        out["type"] = list ? "array" : "object";
        out[list ? "items" : "additionalProperties"] = *std::move(inside);
        return out;
    }

    /// `OUTER.N`, as `field_info::number` has it.
    auto read_number(object& schema, std::string_view text) -> result<void> {
        auto number = 0;
        for (auto more = true; more;) {
            auto const one = text.substr(0, text.find('.'));
            auto n = 0;
            auto const read = std::from_chars(one.data(), one.data() + one.size(), n);
            if (read.ec != std::errc() || read.ptr != one.data() + one.size() || n < 1 || n > 999 ||
                number > 999'999)
                return wrong("a number is one of 1 to 999, or up to three of them: #2.1");
            number = number * 1000 + n;
            more = one.size() < text.size();
            text.remove_prefix(std::min(text.size(), one.size() + 1));
        }
        numbers_.insert(number);
        schema["x-protobuf-number"] = number;
        return {};
    }

    auto read_options(object& schema, std::string_view rest) -> result<void> {
        for (auto option = next_word(rest); !option.empty(); option = next_word(rest)) {
            if (option.front() == '#') {
                if (auto const ok = read_number(schema, option.substr(1)); !ok) return ok;
                continue;
            }
            auto const equal = option.find('=');
            auto const name = option.substr(0, equal);
            auto const value = option.substr(std::min(equal, option.size() - 1) + 1);
            if (name == "default") {
                auto failed = boost::system::error_code();
                auto const text = std::string(value) + std::string(rest);
                schema["default"] = boost::json::parse(text, failed);
                if (failed) return wrong("a default is JSON");
                return {};
            }
            if (auto const ok = read_option(schema, name, value); !ok) return ok;
        }
        return {};
    }

    static auto read_option(object& schema, std::string_view name, std::string_view value) -> result<void> {
        auto const list = schema.contains("items");
        if (name == "atomic" || name == "set") {
            schema["x-kubernetes-list-type"] = name;
        } else if (name == "map") {
            schema["x-kubernetes-list-type"] = "map";
            schema["x-kubernetes-list-map-keys"] = split(value, ',');
        } else if (name == "merge") {
            schema["x-kubernetes-patch-strategy"] = "merge";
            schema["x-kubernetes-patch-merge-key"] = value;
        } else if (name == "enum") {
            (list ? schema["items"].get_object() : schema)["enum"] = split(value, '|');
        } else {
            auto n = std::int64_t{0};
            auto const read = std::from_chars(value.data(), value.data() + value.size(), n);
            if (read.ec != std::errc() || read.ptr != value.data() + value.size())
                return wrong("no such option: " + std::string(name));
            if (name == "min") schema["minimum"] = n;
            else if (name == "max") schema["maximum"] = n;
            else if (name == "most") schema[list ? "maxItems" : "maxLength"] = n;
            else return wrong("no such option: " + std::string(name));
        }
        return {};
    }

    static auto split(std::string_view text, char at) -> boost::json::array {
        auto out = boost::json::array();
        while (!text.empty()) {
            auto const one = text.substr(0, text.find(at));
            out.push_back(boost::json::string_view(one.data(), one.size()));
            text.remove_prefix(std::min(text.size(), one.size() + 1));
        }
        return out;
    }

    written_schema out_;
    object schemas_;
    object properties_;
    boost::json::array required_;
    std::set<int> numbers_; ///< of the members of the type
    bool is_kind_ = false;
    std::string prefix_, group_, version_, type_;
};

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto read_schema_text(std::string_view text) -> result<written_schema> {
    return detail::schema_text_reader().read(text);
}

BERTH_DECL auto describe(written_schema const& read, std::span<type_info const* const> known)
    -> result<runtime_schema> {
    auto kinds = std::vector<schema_kind>();
    for (auto const& k : read.kinds) kinds.push_back({k.schema, k.resource()});
    return runtime_schema::from_openapi(read.document, {.known = known, .kinds = kinds});
}

} // namespace berth::object
