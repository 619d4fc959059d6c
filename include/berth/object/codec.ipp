#pragma once

/// \file
/// The bodies of `berth/object/codec.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/codec.hpp>

#include <algorithm>

namespace berth::object {

/// What apimachinery's converter says of a value that is not `wanted`, as the decoder calls it.
inline auto converter_words(boost::json::value const& json, std::string_view wanted) -> std::string {
    auto have = std::string_view("map");
    switch (json.kind()) {
    case boost::json::kind::null: have = "<nil>"; break;
    case boost::json::kind::bool_: have = "bool"; break;
    case boost::json::kind::int64:
    case boost::json::kind::uint64: have = "int64"; break;
    case boost::json::kind::double_: have = "float64"; break;
    case boost::json::kind::string: have = "string"; break;
    case boost::json::kind::array: have = "slice"; break;
    case boost::json::kind::object: break;
    }
    auto out = std::string();
    auto const number = wanted == "int32" || wanted == "int64" || wanted == "float64";
    if (wanted == "slice" || wanted == "map") {
        ((out = "cannot restore ") += wanted) += " from ";
        out += have;
    } else if (!number && wanted != "bool" && wanted != "string") {
        (out = "cannot restore struct from: ") += have;
    } else if ((number && json.is_number()) || (wanted == "string" && have == "int64")) {
        ((out = "cannot convert ") += have) += " to ";
        out += wanted;
    } else {
        (out = "unrecognized type: ") += wanted;
    }
    return out;
}

BERTH_DECL auto decoder::mismatch(boost::json::value const& json, std::string_view wanted) const
    -> std::unexpected<error> {
    if (how_.words == decoder_words::converter)
        return fail(error_code::bad_request, converter_words(json, wanted));
    auto message = std::string("json: cannot unmarshal ");
    switch (json.kind()) {
    case boost::json::kind::null: message += "null"; break;
    case boost::json::kind::bool_: message += "bool"; break;
    case boost::json::kind::int64:
    case boost::json::kind::uint64:
    case boost::json::kind::double_: message += "number"; break;
    case boost::json::kind::string: message += "string"; break;
    case boost::json::kind::array: message += "array"; break;
    case boost::json::kind::object: message += "object"; break;
    }
    message += " into Go struct field ";
    message += path_;
    message += " of type ";
    message += wanted;
    return fail(error_code::bad_request, std::move(message));
}

BERTH_DECL auto decoder::read(boost::json::value const& json, type_info const& type, void* value)
    -> result<void> {
    if (json.is_null() && type.form != shape::raw && type.form != shape::scalar) return {};
    switch (type.form) {
    case shape::boolean: return read_boolean(json, value);
    case shape::int32: return read_integer<std::int32_t>(json, value, "int32");
    case shape::int64: return read_integer<std::int64_t>(json, value, "int64");
    case shape::number: return read_number(json, value);
    case shape::text: return read_text(json, type, value);
    case shape::scalar: return read_scalar(json, type, value);
    case shape::raw:
        if (!json.is_null()) static_cast<raw_json*>(value)->text = boost::json::serialize(json);
        return {};
    case shape::list: return read_list(json, type, value);
    case shape::map: return read_map(json, type, value);
    case shape::optional:
        if (auto paid = how_.memory.spend(type.element()); !paid) return paid;
        return read(json, type.element(), type.add(value, {}));
    case shape::record:
        if (!json.is_object()) return mismatch(json, type.name.substr(type.name.rfind('.') + 1));
        return read_record(json.get_object(), type, value, false);
    }
    return {};
}

BERTH_DECL auto decoder::read_boolean(boost::json::value const& json, void* value) -> result<void> {
    if (!json.is_bool()) return mismatch(json, "bool");
    *static_cast<bool*>(value) = json.get_bool();
    return {};
}

BERTH_DECL auto decoder::read_number(boost::json::value const& json, void* value) -> result<void> {
    if (!json.is_number()) return mismatch(json, "float64");
    *static_cast<double*>(value) = json.to_number<double>();
    return {};
}

BERTH_DECL auto decoder::read_text(boost::json::value const& json, type_info const& type, void* value)
    -> result<void> {
    if (!json.is_string()) return mismatch(json, "string");
    auto const& text = json.get_string();
    type.set_text(value, std::string_view(text.data(), text.size()));
    return {};
}

BERTH_DECL auto decoder::read_scalar(boost::json::value const& json, type_info const& type, void* value)
    -> result<void> {
    auto token = scalar_token{};
    auto whole = std::string();
    switch (json.kind()) {
    case boost::json::kind::null: break;
    case boost::json::kind::bool_:
        token.type = scalar_token::kind::boolean;
        token.boolean = json.get_bool();
        break;
    case boost::json::kind::int64:
        token.type = scalar_token::kind::integer;
        token.integer = json.get_int64();
        break;
    case boost::json::kind::uint64:
    case boost::json::kind::double_:
        token.type = scalar_token::kind::real;
        token.real = json.to_number<double>();
        break;
    case boost::json::kind::string:
        token.type = scalar_token::kind::text;
        token.text = {json.get_string().data(), json.get_string().size()};
        break;
    case boost::json::kind::array:
    case boost::json::kind::object:
        token.type = scalar_token::kind::compound;
        if (type.schema_type == "object") token.text = whole = boost::json::serialize(json);
        break;
    }
    return type.read(value, token);
}

BERTH_DECL auto decoder::read_list(boost::json::value const& json, type_info const& type, void* value)
    -> result<void> {
    if (!json.is_array()) return mismatch(json, "slice");
    auto const& element = type.element();
    if (auto paid = how_.memory.spend(element, json.get_array().size()); !paid) return paid;
    auto n = std::size_t{0};
    for (auto const& item : json.get_array()) {
        auto const scope = enter(n++);
        if (auto r = read(item, element, type.add(value, {})); !r) return r;
    }
    return {};
}

BERTH_DECL auto decoder::read_map(boost::json::value const& json, type_info const& type, void* value)
    -> result<void> {
    if (!json.is_object()) return mismatch(json, "map");
    auto const& element = type.element();
    if (auto paid = how_.memory.spend(element, json.get_object().size()); !paid) return paid;
    auto entries = members();
    for (auto const& m : json.get_object()) entries.push_back(&m);
    sort(entries);
    for (auto const* m : entries) {
        auto const key = std::string_view(m->key().data(), m->key().size());
        auto const scope = enter(key);
        if (auto r = read(m->value(), element, type.add(value, key)); !r) return r;
    }
    return {};
}

BERTH_DECL auto decoder::read_record(boost::json::object const& json, type_info const& type, void* value,
                                     bool document) -> result<void> {
    auto next = std::size_t{0};
    auto unknown = members();
    for (auto const& member : json) {
        auto const key = std::string_view(member.key().data(), member.key().size());
        auto const& item = member.value();
        auto const expected = next < type.fields.size() && type.fields[next].name == key;
        auto const* f = expected ? &type.fields[next] : type.field(key);
        if (f == nullptr) {
            if (document && (key == "apiVersion" || key == "kind")) continue;
            unknown.push_back(&member);
            if (unknown_paths_.full()) continue;
            auto const scope = enter(key);
            unknown_paths_.add(path_);
            continue;
        }
        next = static_cast<std::size_t>(f - type.fields.data()) + 1;
        if (f->nullable && item.is_null()) {
            f->type().add(f->in(value), {}); // a box around an absent one
            continue;
        }
        auto const scope = enter(key);
        if (auto r = read(item, f->type(), f->in(value)); !r) return r;
    }
    if (how_.unknown == unknown_members::keep && type.preserves_unknown && !unknown.empty())
        keep_unknown(type, value, std::move(unknown));
    return {};
}

BERTH_DECL auto decoder::sort(members& m) -> void {
    std::sort(m.begin(), m.end(), [](auto const* a, auto const* b) { return a->key() < b->key(); });
}

BERTH_DECL auto decoder::keep_unknown(type_info const& type, void* record, members unknown) -> void {
    sort(unknown);
    auto& kept = type.unknown(record)->engage();
    for (auto const* m : unknown)
        kept[std::string_view(m->key().data(), m->key().size())].text = boost::json::serialize(m->value());
}

BERTH_DECL decoder::path_scope::~path_scope() { path.resize(size); }

BERTH_DECL auto decoder::enter(std::string_view name) -> path_scope {
    auto const size = path_.size();
    if (!path_.empty()) path_ += '.';
    path_ += name;
    return {path_, size};
}

BERTH_DECL auto decoder::enter(std::size_t index) -> path_scope {
    auto const size = path_.size();
    path_ += '[';
    append_json_number(path_, index);
    path_ += ']';
    return {path_, size};
}

} // namespace berth::object
