#pragma once

/// \file
/// The bodies of `berth/object/detail/document_value.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/detail/document_value.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/parse.hpp>

#include <boost/json/object.hpp>

#include <string>
#include <utility>

namespace berth::object::detail {

BERTH_DECL auto document_in(type_info const& type, void const* value) -> boost::json::value {
    auto text = std::string();
    append_json(text, type, value);
    auto parsed = parse_document(text);
    if (!parsed || !parsed->value.is_object()) return boost::json::object();
    return std::move(parsed->value);
}

BERTH_DECL auto put_document(type_info const& type, void* value, boost::json::value const& document)
    -> result<void> {
    type.reset(value);
    auto d = decoder({.unknown = unknown_members::keep, .words = decoder_words::converter});
    return d.decode(document, type, value);
}

} // namespace berth::object::detail
