/** @file Puts the page into the document. */
import { mount } from 'svelte';
import App from './App.svelte';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/panel.css';
import './styles/forced-colours.css';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element with the id "app" to put the page into');
mount(App, { target });
