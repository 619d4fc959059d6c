#pragma once

/// \file
/// Objects as documents, written and read from the bodies of requests.

#include <berth/api/errors.hpp>
#include <berth/api/kind.hpp>
#include <berth/api/options.hpp>
#include <berth/api/registry.hpp>
#include <berth/core/config.hpp>
#include <berth/object/fwd.hpp>

#include <boost/json/fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::api {

/// An object as JSON text, with `kind`, `apiVersion` and `resourceVersion`. (For many readers of the same:
/// `http::text_cache`.)
[[nodiscard]] BERTH_DECL auto encode(object::object_ref const& ref) -> std::string;

/// Reads objects of a kind from JSON, as strictly as the request asks.
class body_reader {
public:
    body_reader(registry const& kinds, object::resource_name const& r, object::type_info const& type,
                field_validation validation, std::vector<std::string>& warnings)
        : kinds_(kinds), resource_(r), type_(type), validation_(validation), warnings_(warnings) {}

    /// An object from the text of a body. Errors: `bad_request`; `request_too_large` where it comes to much
    /// more memory than it has bytes.
    auto read(std::string_view text) -> result<object::draft>;

    /// What a patch comes to, of `bytes` bytes with the object that is patched.
    auto read_patched(boost::json::object const& json, patch_type by, std::size_t bytes)
        -> result<object::draft>;

private:
    /// What is read: the body of a request, or what a patch comes to, which has no text of its own.
    struct source {
        boost::json::object const& json;
        std::string_view text{};
        std::vector<std::string> duplicates{}; ///< see `object::json_document`
        bool patched = false;
    };

    auto read(source const& from, object::decoding how) -> result<object::draft>;

    auto cannot_be_handled(std::string_view version) const -> std::string;

    /// Says why, and how the text begins.
    auto unrecognized(std::string const& why, std::string_view text) const -> std::unexpected<error>;

    /// Absent `kind` and `apiVersion` are those of the request; present ones must be.
    auto check_kind(source const& from) -> result<void>;
    /// The same, where it is not what it must be, for kinds that are kept as documents.
    auto check_custom_kind(source const& from, std::string const& version, std::string const& kind_name)
        -> result<void>;
    /// Tells what a document of another version loses: the real server reads by the version that a document
    /// says, and refuses it after that.
    auto tell_lost(source const& from, std::string const& version) -> result<void>;

    /// The group as the real server calls it inside: `core`, `apps`, `autoscaling`.
    auto internal_group() const -> std::string;

    /// Where the real server registers the kinds of the group, which it tells.
    auto scheme() const -> std::string;

    auto complain(std::vector<std::string> complaints, std::string_view version) -> result<void>;

    registry const& kinds_;
    object::resource_name const& resource_;
    object::type_info const& type_;
    field_validation validation_;
    std::vector<std::string>& warnings_;
};

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/encoding.ipp>
#endif
