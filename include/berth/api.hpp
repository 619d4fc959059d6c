#pragma once

/// \file
/// The reception desk: kinds, the in-process server and the client concept.

// IWYU pragma: begin_exports
#include <berth/api/admission.hpp>
#include <berth/api/age.hpp>
#include <berth/api/any_client.hpp>
#include <berth/api/client.hpp>
#include <berth/api/continue_token.hpp>
#include <berth/api/deletion.hpp>
#include <berth/api/document_store.hpp>
#include <berth/api/encoding.hpp>
#include <berth/api/errors.hpp>
#include <berth/api/fwd.hpp>
#include <berth/api/http/accept.hpp>
#include <berth/api/http/body.hpp>
#include <berth/api/http/delete_options.hpp>
#include <berth/api/http/discovery.hpp>
#include <berth/api/http/documents.hpp>
#include <berth/api/http/log.hpp>
#include <berth/api/http/message.hpp>
#include <berth/api/http/openapi.hpp>
#include <berth/api/http/openapi_v2.hpp>
#include <berth/api/http/origin.hpp>
#include <berth/api/http/parameters.hpp>
#include <berth/api/http/query.hpp>
#include <berth/api/http/render.hpp>
#include <berth/api/http/route.hpp>
#include <berth/api/http/service.hpp>
#include <berth/api/http/status.hpp>
#include <berth/api/http/table.hpp>
#include <berth/api/http/yaml_text.hpp>
#include <berth/api/key_space.hpp>
#include <berth/api/kind.hpp>
#include <berth/api/lifecycle.hpp>
#include <berth/api/list_rules.hpp>
#include <berth/api/object_store.hpp>
#include <berth/api/options.hpp>
#include <berth/api/patching.hpp>
#include <berth/api/preconditions.hpp>
#include <berth/api/protobuf.hpp>
#include <berth/api/protobuf_encode.hpp>
#include <berth/api/registry.hpp>
#include <berth/api/scale.hpp>
#include <berth/api/scale_access.hpp>
#include <berth/api/selection.hpp>
#include <berth/api/server.hpp>
#include <berth/api/storage.hpp>
#include <berth/api/validation.hpp>
#include <berth/api/value_codec.hpp>
#include <berth/api/watcher.hpp>
// IWYU pragma: end_exports
