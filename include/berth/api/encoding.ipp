#pragma once

/// \file
/// The bodies of `berth/api/encoding.hpp`.

#include <berth/api/encoding.hpp>
#include <berth/core/config.hpp>
#include <berth/object/detail/go_text.hpp>

namespace berth::api::detail {

inline constexpr auto no_kind = "couldn't get version/kind; json parse error: ";

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

/// What the real server cannot cope with.
inline auto nameless(std::string const& why) -> std::unexpected<error> {
    auto out = fail(error_code::internal, "Internal error occurred: " + why);
    out.error().details.causes.push_back({"", why, ""});
    return out;
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto encode(object::object_ref const& ref) -> std::string const& {
    return ref.object.text(ref.rev, [&] {
        auto out = std::string();
        object::append_document(out, ref.object.type(), ref.object.data(), ref.rev);
        return out;
    });
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
    if (auto r = check_kind(document->value.get_object(), text); !r)
        return std::unexpected(std::move(r).error());
    return read(document->value.get_object(), document->duplicate_paths,
                {.unknown = object::unknown_members::drop, .memory = object::memory_budget(text.size())});
}

BERTH_DECL auto body_reader::read_patched(boost::json::object const& json, patch_type by, std::size_t bytes)
    -> result<object::draft> {
    auto how =
        object::decoding{.unknown = object::unknown_members::drop, .memory = object::memory_budget(bytes)};
    if (by == patch_type::strategic) {
        how.words = object::decoder_words::converter; // which looks at no kind
    } else if (auto r = check_kind(json, {}, true); !r) {
        return std::unexpected(std::move(r).error());
    }
    return read(json, {}, how);
}

BERTH_DECL auto body_reader::read(boost::json::object const& json, std::vector<std::string> const& duplicates,
                                  object::decoding how) -> result<object::draft> {
    auto pruned = std::vector<std::string>();
    auto const* source = &json;
    auto fitted = boost::json::object();
    auto const* const k = kinds_.find(resource_);
    auto const looked_at = k != nullptr && k->type == &type_ && k->documents;
    auto const open = looked_at && k->documents.open;
    if (looked_at) {
        fitted = json;
        auto gone = k->documents.admit(fitted);
        if (!gone) return bad_request(cannot_be_handled() + gone.error().message);
        pruned = *std::move(gone);
        source = &fitted;
        if (open) how.unknown = object::unknown_members::keep;
    }
    auto object = object::draft(type_);
    auto decoder = object::decoder(how);
    if (auto r = decoder.decode_document(*source, type_, object.data()); !r) {
        if (r.error().code != error_code::bad_request) return std::unexpected(std::move(r).error());
        return bad_request(cannot_be_handled() + r.error().message);
    }
    if (open) object.metadata().unknown = {};
    auto complaints = std::vector<std::string>();
    auto const tell = [&](std::string_view what, std::vector<std::string> const& paths) {
        for (auto const& path : paths)
            if (complaints.size() < object::told_paths::most)
                complaints.push_back(std::string(what) + " field \"" + path + "\"");
    };
    if (looked_at && k->documents.tells_twice != nullptr) {
        auto told = duplicates;
        std::erase_if(told, [&](std::string const& path) { return !k->documents.tells_twice(path); });
        tell("duplicate", told);
    } else {
        tell("duplicate", duplicates);
    }
    auto unknown = decoder.unknown_paths();
    if (open) // all that is left at the root is known
        std::erase_if(unknown, [](std::string const& path) { return !path.starts_with("metadata."); });
    tell("unknown", unknown);
    tell("unknown", pruned);
    if (auto r = complain(std::move(complaints)); !r) return std::unexpected(std::move(r).error());
    return object;
}

BERTH_DECL auto body_reader::cannot_be_handled() const -> std::string {
    return std::string(resource_.kind) + " in version \"" + std::string(resource_.version) +
           "\" cannot be handled as a " + std::string(resource_.kind) + ": ";
}

BERTH_DECL auto body_reader::unrecognized(std::string const& why, std::string_view text) const
    -> std::unexpected<error> {
    return bad_request("the object provided is unrecognized (must be of type " + std::string(resource_.kind) +
                       "): " + why + " (" + detail::beginning(text) + ")");
}

BERTH_DECL auto body_reader::check_custom_kind(boost::json::object const& json, std::string const& version,
                                               std::string const& kind_name, bool patched) const
    -> result<void> {
    if (version != api_version(resource_) && !patched)
        return bad_request("the API version in the data (" + version +
                           ") does not match the expected API version (" + api_version(resource_) + ")");
    auto const slash = version.find('/');
    auto name = std::string();
    if (auto const* const metadata = json.if_contains("metadata");
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

BERTH_DECL auto body_reader::check_kind(boost::json::object const& json, std::string_view text,
                                        bool patched) const -> result<void> {
    auto kind_name = std::string(resource_.kind);
    auto version = api_version(resource_);
    auto const told = [&](std::string const& why) {
        return text.empty() ? unrecognized(why, boost::json::serialize(json)) : unrecognized(why, text);
    };
    auto const* const own = kinds_.find(resource_);
    auto const open = own != nullptr && own->documents.open;
    if (auto const* const said = json.if_contains("apiVersion");
        open && patched && (said == nullptr || said->is_null()))
        return detail::nameless("Object 'apiVersion' is missing in 'object has no apiVersion field'");
    for (auto const& [member, into] : {std::pair{"kind", &kind_name}, std::pair{"apiVersion", &version}}) {
        auto const* given = json.if_contains(member);
        if (given == nullptr || given->is_null()) continue;
        if (!given->is_string())
            return told(detail::no_kind + std::string("json: cannot unmarshal into Go struct field .") +
                        member + " of type string");
        if (!given->get_string().empty()) *into = std::string(given->get_string());
    }
    if (version == api_version(resource_) && kind_name == resource_.kind) return {};
    if (open) return check_custom_kind(json, version, kind_name, patched);
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

BERTH_DECL auto body_reader::complain(std::vector<std::string> complaints) -> result<void> {
    if (complaints.empty() || validation_ == field_validation::ignore) return {};
    if (validation_ == field_validation::warn) {
        for (auto& c : complaints) warnings_.push_back(std::move(c));
        return {};
    }
    auto message = cannot_be_handled() + "strict decoding error: ";
    for (std::size_t i = 0; i < complaints.size(); ++i) (message += i == 0 ? "" : ", ") += complaints[i];
    return bad_request(std::move(message));
}

} // namespace berth::api
