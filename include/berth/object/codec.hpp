#pragma once

/// \file
/// JSON to described values. Members that a struct does not describe are kept or dropped, as asked, and told.

#include <berth/core/config.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/memory_budget.hpp>
#include <berth/object/told_paths.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <limits>
#include <string>
#include <vector>

namespace berth::object {

/// What to do with members that the struct does not describe.
enum class unknown_members : std::uint8_t { keep, drop };

/// In whose words a value of the wrong form is refused: those of Go's decoder of JSON, or those in which
/// apimachinery's converter refuses what a strategic merge patch comes to (1.36, `pkg/runtime/converter.go`).
enum class decoder_words : std::uint8_t { json, converter };

/// How a decoder reads.
struct decoding {
    unknown_members unknown = unknown_members::keep;
    decoder_words words = decoder_words::json;
    memory_budget memory = memory_budget::unlimited(); ///< for elements, entries and optional values
};

/// Reads described values from JSON, and collects the paths of unknown members.
class decoder {
public:
    explicit decoder(unknown_members what) : how_{.unknown = what} {}
    explicit decoder(decoding how) : how_(how) {}

    /// Reads `json` into `value`, which is of `type` and fresh. Errors: `bad_request`; `request_too_large`
    /// where it takes more memory than it may.
    auto decode(boost::json::value const& json, type_info const& type, void* value) -> result<void> {
        return read(json, type, value);
    }

    /// Reads the members of a document except `apiVersion` and `kind`.
    auto decode_document(boost::json::object const& json, type_info const& type, void* value)
        -> result<void> {
        return read_record(json, type, value, true);
    }

    /// Paths of members that were not known, e.g. `spec.containers[0].imagee`, in the order of the text; the
    /// first of them, see `told_paths`.
    [[nodiscard]] auto unknown_paths() const -> std::vector<std::string> const& {
        return unknown_paths_.paths();
    }

private:
    auto mismatch(boost::json::value const& json, std::string_view wanted) const -> std::unexpected<error>;

    auto read(boost::json::value const& json, type_info const& type, void* value) -> result<void>;

    auto read_boolean(boost::json::value const& json, void* value) -> result<void>;

    template <class Integer>
    auto read_integer(boost::json::value const& json, void* value, std::string_view name) -> result<void> {
        if (!json.is_int64()) return mismatch(json, name);
        auto const n = json.get_int64();
        if (n < std::numeric_limits<Integer>::min() || n > std::numeric_limits<Integer>::max())
            return mismatch(json, name);
        *static_cast<Integer*>(value) = static_cast<Integer>(n);
        return {};
    }

    auto read_number(boost::json::value const& json, void* value) -> result<void>;

    auto read_text(boost::json::value const& json, type_info const& type, void* value) -> result<void>;

    auto read_scalar(boost::json::value const& json, type_info const& type, void* value) -> result<void>;

    auto read_list(boost::json::value const& json, type_info const& type, void* value) -> result<void>;

    auto read_map(boost::json::value const& json, type_info const& type, void* value) -> result<void>;

    auto read_record(boost::json::object const& json, type_info const& type, void* value, bool document)
        -> result<void>;

    using members = std::vector<boost::json::key_value_pair const*>;

    /// In the order of their keys: a dictionary takes entries that come so at its end; others would cost
    /// quadratic time.
    static auto sort(members& m) -> void;

    auto keep_unknown(type_info const& type, void* record, members unknown) -> void;

    /// Puts the path back when it dies.
    struct path_scope {
        std::string& path;
        std::size_t size;
        ~path_scope();
    };
    auto enter(std::string_view name) -> path_scope;
    auto enter(std::size_t index) -> path_scope;

    decoding how_;
    std::string path_;
    told_paths unknown_paths_;
};

/// Reads JSON into a described value; unknown members are kept. Errors: `bad_request`.
template <described T> [[nodiscard]] auto from_json(boost::json::value const& json) -> result<T> {
    auto value = T{};
    auto d = decoder(unknown_members::keep);
    if (auto r = d.decode(json, type_of<T>(), &value); !r) return std::unexpected(std::move(r).error());
    return value;
}

/// Reads the JSON text of an object; `apiVersion` and `kind` are skipped, unknown members kept.
template <kind_type T> [[nodiscard]] auto from_json_text(std::string_view text) -> result<T> {
    auto failed = boost::system::error_code();
    auto const json = boost::json::parse({text.data(), text.size()}, failed);
    if (failed) return fail(error_code::bad_request, failed.message());
    if (!json.is_object()) return fail(error_code::bad_request, "an object must be a JSON object");
    auto value = T{};
    auto d = decoder(unknown_members::keep);
    if (auto r = d.decode_document(json.get_object(), type_of<T>(), &value); !r)
        return std::unexpected(std::move(r).error());
    return value;
}

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/codec.ipp>
#endif
