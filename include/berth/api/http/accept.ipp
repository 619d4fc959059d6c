#pragma once

/// \file
/// The bodies of `berth/api/http/accept.hpp`.

#include <berth/api/http/accept.hpp>
#include <berth/core/config.hpp>

#include <algorithm>

namespace berth::api::http::detail {

/// One clause of an Accept header.
struct media_range {
    std::string_view type;    ///< `application`
    std::string_view subtype; ///< `json`
    std::string_view as, version, group;
    double quality = 1;
};

inline auto parse_range(std::string_view clause) -> media_range {
    auto out = media_range{};
    auto name = cut(clause, ';');
    out.type = cut(name, '/');
    out.subtype = trim(name);
    while (!clause.empty()) {
        auto parameter = cut(clause, ';');
        auto const key = cut(parameter, '=');
        auto const value = trim(parameter);
        if (key == "as") out.as = value;
        else if (key == "v") out.version = value;
        else if (key == "g") out.group = value;
        else if (key == "q") out.quality = std::strtod(std::string(value).c_str(), nullptr);
    }
    return out;
}

/// The clauses of an Accept header, best first.
inline auto parse_accept(std::string_view header) -> std::vector<media_range> {
    auto out = std::vector<media_range>();
    auto const better = [](media_range const& a, media_range const& b) { return a.quality > b.quality; };
    while (!header.empty()) {
        auto const clause = cut(header, ',');
        if (clause.empty()) continue;
        auto const range = parse_range(clause);
        out.insert(std::upper_bound(out.begin(), out.end(), range, better), range);
    }
    return out;
}

inline auto is_json(media_range const& r) -> bool {
    auto const any_type = r.type == "*";
    return (any_type && r.subtype == "*") ||
           (r.type == "application" && (r.subtype == "json" || r.subtype == "*"));
}

/// The encoding that a clause asks for; nothing if there is none of that name.
inline auto encoding_of(media_range const& r) -> std::optional<encoding> {
    if (is_json(r)) return encoding::json;
    if (r.type != "application") return std::nullopt;
    if (r.subtype == "yaml" || r.subtype == "x-yaml") return encoding::yaml;
    if (r.subtype == "vnd.kubernetes.protobuf") return encoding::protobuf;
    return std::nullopt;
}

inline auto not_accepted() -> std::unexpected<error> {
    return fail(error_code::not_acceptable,
                "only the following media types are accepted: " + std::string(available));
}

/// Whether objects can be written so (apiserver 1.36, `AllowsMediaTypeTransform`).
inline auto possible(encoding in, transform as, bool numbered) -> bool {
    if (in != encoding::protobuf) return true;
    return as != transform::table && (numbered || as != transform::none);
}

/// The transform that a clause asks for; nothing if there is none of that name.
inline auto transform_of(media_range const& r) -> std::optional<transform> {
    if (r.as.empty()) return transform::none;
    if (r.group != "meta.k8s.io" || (r.version != "v1" && r.version != "v1beta1")) return std::nullopt;
    if (r.as == "Table") return transform::table;
    if (r.as == "PartialObjectMetadata") return transform::metadata;
    if (r.as == "PartialObjectMetadataList") return transform::metadata_list;
    return std::nullopt;
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto negotiate(std::string_view accept, bool numbered, bool custom) -> result<representation> {
    if (detail::trim(accept).empty()) return representation{};
    auto unknown_transform = false;
    for (auto const& range : detail::parse_accept(accept)) {
        auto const in = detail::encoding_of(range);
        if (!in) continue;
        auto const as = detail::transform_of(range);
        if (as && detail::possible(*in, *as, numbered))
            return representation{*as, *in,
                                  range.version == "v1beta1" ? "meta.k8s.io/v1beta1" : newest_transforms};
        if (!as || *as != transform::none) unknown_transform = true;
    }
    if (unknown_transform || custom) return detail::not_accepted();
    return fail(error_code::not_acceptable,
                "406: Not Acceptable\n\nAvailable representations: " + std::string(detail::available));
}

BERTH_DECL auto negotiate_refusal(std::string_view accept) -> encoding {
    for (auto const& range : detail::parse_accept(accept))
        if (auto const in = detail::encoding_of(range); in && range.as.empty()) return *in;
    return encoding::json;
}

BERTH_DECL auto negotiate_discovery(std::string_view accept) -> result<representation> {
    auto unknown_transform = false;
    for (auto const& range : detail::parse_accept(accept)) {
        if (!detail::is_json(range)) continue;
        if (range.as.empty()) return representation{};
        if (range.as == "APIGroupDiscoveryList" && range.group == "apidiscovery.k8s.io" &&
            range.version == "v2")
            return representation{transform::none, encoding::json, newest_transforms, true};
        unknown_transform = true;
    }
    if (unknown_transform) return detail::not_accepted();
    return representation{};
}

} // namespace berth::api::http
