#pragma once

/// \file
/// The bodies of `api`, for one unit of a program in separate compilation.

#include <berth/api/age.ipp>
#include <berth/api/check_field.ipp>
#include <berth/api/check_schema.ipp>
#include <berth/api/client.ipp>
#include <berth/api/clock_function.ipp>
#include <berth/api/continue_token.ipp>
#include <berth/api/detail/wire_writer.ipp>
#include <berth/api/detail/write_context.ipp>
#include <berth/api/detail/writing.ipp>
#include <berth/api/document_store.ipp>
#include <berth/api/encoding.ipp>
#include <berth/api/errors.ipp>
#include <berth/api/identity.ipp>
#include <berth/api/kept_objects.ipp>
#include <berth/api/key_space.ipp>
#include <berth/api/kind.ipp>
#include <berth/api/lifecycle.ipp>
#include <berth/api/list_rules.ipp>
#include <berth/api/object_meta.ipp>
#include <berth/api/patching.ipp>
#include <berth/api/preconditions.ipp>
#include <berth/api/protobuf.ipp>
#include <berth/api/protobuf_encode.ipp>
#include <berth/api/registry.ipp>
#include <berth/api/scale.ipp>
#include <berth/api/selection.ipp>
#include <berth/api/server.ipp>
#include <berth/api/storage.ipp>
#include <berth/api/subresource.ipp>
#include <berth/api/validation.ipp>
#include <berth/api/value_codec.ipp>
#include <berth/api/verb.ipp>
#include <berth/api/watcher.ipp>
