#pragma once

/// \file
/// Kinds written as text, a line for each member, for those of which a program needs no types of its own.
/// What is read becomes descriptions by way of `runtime_schema`.
///
///     @group io.k8s.api.storage.v1 storage.k8s.io/v1
///     @kind VolumeAttachment volumeattachments cluster fixed=spec
///     @column Attacher .spec.attacher
///     spec! VolumeAttachmentSpec #2
///     status VolumeAttachmentStatus #3 default={}
///     @type VolumeAttachmentSpec
///     attacher! string #1
///     zones [string] #2 set
///     limit *int #3
///
/// `@group` says how the types that follow are called, and the group and version of the kinds among them. A
/// kind has a name, a plural, `cluster` or `namespaced`, and options that are for the reader to understand;
/// `@column` lines are its table. A member is a name (`!`: it must be there), a type, and options. Types are
/// `string`, `int`, `long`, `bool`, `number`, `bytes`, `time`, `microtime`, `quantity`, `intstr`, `any`,
/// `[T]`, `{T}`, and names: of the group, of `core.` and `meta.`, or full ones. Options are `atomic`, `set`,
/// `map=KEY,KEY`, `merge=KEY`, `enum=A|B`, `min=N`, `max=N`, `most=N`, `#N` and, at the end of the line,
/// `default=JSON`. A line that begins with `#` is left out.
///
/// `#N` is the number in protobuf, `#OUTER.N` that of a member which Go embeds in a message of its own; `*T`
/// says that there a zero is told apart from nothing. A type has the numbers of all of its members or of
/// none; the `metadata` of a kind is 1 where it has any.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/runtime_schema.hpp>

#include <boost/json/object.hpp>

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace berth::object {

/// A kind as a text has it.
struct written_kind {
    /// A column of its table.
    struct column {
        std::string name;
        std::string path; ///< see `field_path`
        bool wide = false;
    };

    std::string schema; ///< the name of its type
    std::string group, version, kind, plural, singular;
    bool namespaced = false;
    std::map<std::string, std::string, std::less<>> options; ///< `fixed=spec`; one without a value is empty
    std::vector<column> columns;

    /// What it is called; it must not live longer than this.
    [[nodiscard]] auto resource() const -> resource_name {
        return {group, version, kind, plural, singular, namespaced};
    }
};

/// Kinds and types that were read from a text.
struct written_schema {
    boost::json::object document; ///< OpenAPI
    std::deque<written_kind> kinds;
};

/// Reads a text. Linear in it. Errors: `bad_request`, with the line.
[[nodiscard]] BERTH_DECL auto read_schema_text(std::string_view text) -> result<written_schema>;

/// The descriptions of what was read. `known`: types that the program has. What was read must live as long.
[[nodiscard]] BERTH_DECL auto describe(written_schema const& read, std::span<type_info const* const> known)
    -> result<runtime_schema>;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/schema_text.ipp>
#endif
