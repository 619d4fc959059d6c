#pragma once

/// \file
/// The bodies of `berth/api/encoding.hpp`.

#include <berth/api/encoding.hpp>
#include <berth/core/config.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/parse.hpp>

#include <boost/json/object.hpp>

#include <algorithm>
#include <utility>

namespace berth::api::detail {

inline constexpr auto no_kind = "couldn't get version/kind; json parse error: ";

/// What is wrong with a member that is no text.
inline auto no_text(std::string_view member) -> std::string {
    auto out = no_kind + std::string("json: cannot unmarshal into Go struct field .");
    return (out += member) += " of type string";
}

/// How a text begins: whole characters of 30 bytes at most.
inline auto beginning(std::string_view text) -> std::string {
    constexpr auto shown = std::size_t{30};
    if (text.empty()) return "<empty>";
    if (text.size() <= shown) return std::string(text);
    auto bytes = std::size_t{0};
    for (auto c = object::detail::first_code_point(text); c.valid && bytes + c.length <= shown;
         c = object::detail::first_code_point(text.substr(bytes)))
        bytes += c.length;
    return std::string(text.substr(0, bytes)) + " ...";
}

/// Complains of members by their paths, of those that matter and as many as are told.
template <class F>
auto tell(std::vector<std::string>& complaints, std::string_view what, std::vector<std::string> const& paths,
          F matters) -> void {
    for (auto const& path : paths)
        if (matters(path) && complaints.size() < object::told_paths::most)
            complaints.push_back(std::string(what) + " field \"" + path + "\"");
}
inline auto tell(std::vector<std::string>& complaints, std::string_view what,
                 std::vector<std::string> const& paths) -> void {
    tell(complaints, what, paths, [](std::string const&) { return true; });
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto encode(object::object_ref const& ref) -> std::string {
    auto out = std::string();
    object::append_document(out, ref.object.type(), ref.object.data(), ref.rev);
    return out;
}

BERTH_DECL auto body_reader::read(std::string_view text) -> result<object::draft> {
    auto document = object::parse_document(text);
    if (!document) return unrecognized(detail::no_kind + document.error().message, text);
    auto const* const k = kinds_.find(resource_);
    if (document->value.is_null() && k != nullptr && k->documents.open)
        return bad_request("the object provided is unrecognized (must be of type " +
                           std::string(resource_.kind) + "): Object 'Kind' is missing in 'null' (6e756c6c)");
    if (document->value.is_null()) return object::draft(type_);
    if (!document->value.is_object())
        return unrecognized(
            detail::no_kind + std::string("json: cannot unmarshal into Go value of type struct"), text);
    for (auto const* const member : {"kind", "apiVersion"})
        if (std::ranges::count(document->mixed_duplicates, member) > 0)
            return unrecognized(detail::no_text(member), text);
    auto const from = source{document->value.get_object(), text, std::move(document->duplicate_paths)};
    if (auto r = check_kind(from); !r) return std::unexpected(std::move(r).error());
    return read(from,
                {.unknown = object::unknown_members::drop, .memory = object::memory_budget(text.size())});
}

BERTH_DECL auto body_reader::read_patched(boost::json::object const& json, patch_type by, std::size_t bytes)
    -> result<object::draft> {
    auto how =
        object::decoding{.unknown = object::unknown_members::drop, .memory = object::memory_budget(bytes)};
    if (by == patch_type::strategic) {
        how.words = object::decoder_words::converter; // which looks at no kind
    } else if (auto r = check_kind({.json = json, .patched = true}); !r) {
        return std::unexpected(std::move(r).error());
    }
    return read({.json = json, .patched = true}, how);
}

BERTH_DECL auto body_reader::read(source const& from, object::decoding how) -> result<object::draft> {
    auto pruned = std::vector<std::string>();
    auto const* json = &from.json;
    auto fitted = boost::json::object();
    auto const* const k = kinds_.find(resource_);
    auto const looked_at = k != nullptr && k->type == &type_ && k->documents;
    auto const open = looked_at && k->documents.open;
    if (looked_at) {
        fitted = from.json;
        auto gone = k->documents.admit(fitted);
        if (!gone) return bad_request(cannot_be_handled(resource_.version) + gone.error().message);
        pruned = *std::move(gone);
        json = &fitted;
        if (open) how.unknown = object::unknown_members::keep;
    }
    auto object = object::draft(type_);
    auto decoder = object::decoder(how);
    if (auto r = decoder.decode_document(*json, type_, object.data()); !r) {
        if (r.error().code != error_code::bad_request) return std::unexpected(std::move(r).error());
        return bad_request(cannot_be_handled(resource_.version) + r.error().message);
    }
    if (open) object.metadata().unknown = {};
    auto complaints = std::vector<std::string>();
    auto const tells_twice = looked_at ? k->documents.tells_twice : nullptr;
    detail::tell(complaints, "duplicate", from.duplicates,
                 [&](std::string const& path) { return tells_twice == nullptr || tells_twice(path); });
    detail::tell(complaints, "unknown", decoder.unknown_paths(), // at the root of an open one all is known
                 [&](std::string const& path) { return !open || path.starts_with("metadata."); });
    detail::tell(complaints, "unknown", pruned);
    if (auto r = complain(std::move(complaints), resource_.version); !r)
        return std::unexpected(std::move(r).error());
    return object;
}

BERTH_DECL auto body_reader::tell_lost(source const& from, std::string const& version) -> result<void> {
    auto const& rules = kinds_.find(resource_)->documents;
    if (!rules.lost) return {};
    auto const slash = version.find('/') + 1;
    if (std::string_view(version).substr(0, slash) != std::string(resource_.group) + "/") return {};
    auto complaints = std::vector<std::string>();
    detail::tell(complaints, "duplicate", from.duplicates);
    if (auto const* const metadata = from.json.if_contains("metadata")) {
        auto head = object::draft(type_);
        auto decoder = object::decoder(
            {.unknown = object::unknown_members::drop, .memory = object::memory_budget(from.text.size())});
        if (decoder.decode_document({{"metadata", *metadata}}, type_, head.data()))
            detail::tell(complaints, "unknown", decoder.unknown_paths());
    }
    auto const name = version.substr(slash);
    detail::tell(complaints, "unknown", rules.lost(name, from.json));
    return complain(std::move(complaints), name);
}

BERTH_DECL auto body_reader::cannot_be_handled(std::string_view version) const -> std::string {
    return std::string(resource_.kind) + " in version \"" + std::string(version) +
           "\" cannot be handled as a " + std::string(resource_.kind) + ": ";
}

BERTH_DECL auto body_reader::unrecognized(std::string const& why, std::string_view text) const
    -> std::unexpected<error> {
    return bad_request("the object provided is unrecognized (must be of type " + std::string(resource_.kind) +
                       "): " + why + " (" + detail::beginning(text) + ")");
}

BERTH_DECL auto body_reader::check_custom_kind(source const& from, std::string const& version,
                                               std::string const& kind_name) -> result<void> {
    if (version != api_version(resource_) && !from.patched) {
        if (auto r = kind_name == resource_.kind ? tell_lost(from, version) : result<void>(); !r) return r;
        return bad_request("the API version in the data (" + version +
                           ") does not match the expected API version (" + api_version(resource_) + ")");
    }
    auto const slash = version.find('/');
    auto name = std::string();
    if (auto const* const metadata = from.json.if_contains("metadata");
        metadata != nullptr && metadata->is_object())
        if (auto const* const given = metadata->get_object().if_contains("name");
            given != nullptr && given->is_string())
            name = std::string(given->get_string());
    auto errors = field_errors();
    if (kind_name != resource_.kind)
        errors.invalid(field_path("kind"), kind_name, "must be " + std::string(resource_.kind));
    if (version != api_version(resource_))
        errors.invalid(field_path("apiVersion"), version, "must be " + api_version(resource_));
    return errors.refuse(slash == std::string::npos ? std::string_view()
                                                    : std::string_view(version).substr(0, slash),
                         kind_name, name);
}

BERTH_DECL auto body_reader::check_kind(source const& from) -> result<void> {
    auto kind_name = std::string(resource_.kind);
    auto version = api_version(resource_);
    auto const told = [&](std::string const& why) {
        return from.text.empty() ? unrecognized(why, boost::json::serialize(from.json))
                                 : unrecognized(why, from.text);
    };
    auto const* const own = kinds_.find(resource_);
    auto const open = own != nullptr && own->documents.open;
    if (auto const* const said = from.json.if_contains("apiVersion");
        open && from.patched && (said == nullptr || said->is_null()))
        return internal_error("Object 'apiVersion' is missing in 'object has no apiVersion field'");
    for (auto const& [member, into] : {std::pair{"kind", &kind_name}, std::pair{"apiVersion", &version}}) {
        auto const* given = from.json.if_contains(member);
        if (given == nullptr || given->is_null()) continue;
        if (!given->is_string()) return told(detail::no_text(member));
        if (!given->get_string().empty()) *into = std::string(given->get_string());
    }
    if (version == api_version(resource_) && kind_name == resource_.kind) return {};
    if (open) return check_custom_kind(from, version, kind_name);
    auto const slash = version.find('/');
    if (slash != version.rfind('/')) return told("unexpected GroupVersion string: " + version);
    auto const group = slash == std::string::npos ? std::string() : version.substr(0, slash);
    auto const name = slash == std::string::npos ? version : version.substr(slash + 1);
    auto const what =
        kind_name + " in version \"" + name + "\" cannot be handled as a " + std::string(resource_.kind);
    auto const* const other = kinds_.find_kind(group, name, kind_name);
    if (other == nullptr)
        return bad_request(what + ": no kind \"" + kind_name + "\" is registered for version \"" + version +
                           "\" in scheme \"" + scheme() + "\"");
    if (other->documents.open && resource_.kind == "Scale")
        return bad_request("no kind is registered for the type v1.Scale in scheme "
                           "\"k8s.io/apiextensions-apiserver/pkg/apiserver/customresource_handler.go:1247\"");
    if (kind_name != resource_.kind)
        return bad_request(what + ": converting (" + name + "." + kind_name + ") to (" + internal_group() +
                           "." + std::string(resource_.kind) + "): unknown conversion");
    return bad_request("the API version in the data (" + version +
                       ") does not match the expected API version (" + api_version(resource_) + ")");
}

BERTH_DECL auto body_reader::scheme() const -> std::string {
    return resource_.group == "apiextensions.k8s.io"
               ? "k8s.io/apiextensions-apiserver/pkg/apiserver/apiserver.go:55"
               : "k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30";
}

BERTH_DECL auto body_reader::internal_group() const -> std::string {
    if (resource_.group.empty()) return "core";
    return std::string(resource_.group.substr(0, resource_.group.find('.')));
}

BERTH_DECL auto body_reader::complain(std::vector<std::string> complaints, std::string_view version)
    -> result<void> {
    if (complaints.empty() || validation_ == field_validation::ignore) return {};
    if (validation_ == field_validation::warn) {
        for (auto& c : complaints) warnings_.push_back(std::move(c));
        return {};
    }
    auto message = cannot_be_handled(version) + "strict decoding error: ";
    for (std::size_t i = 0; i < complaints.size(); ++i) (message += i == 0 ? "" : ", ") += complaints[i];
    return bad_request(std::move(message));
}

} // namespace berth::api
